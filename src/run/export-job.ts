import { createHash } from 'node:crypto';
import { NEVER_HELD, READ_ACTIONS, type PipelineFilters, type ReadAnswer } from '../model/call.ts';
import type { OpportunityId } from '../model/entity.ts';
import { RunError } from '../model/run-error.ts';
import type { Clock, Dice } from '../model/clock.ts';
import type { Disk } from '../disk/disk.ts';
import type { Machine } from '../disk/machine.ts';
import { isNearId } from '../calls/look/near-id.ts';
import { pacedRead, type ReadContext } from '../calls/paced-read.ts';
import { openOutages } from '../calls/open-outages.ts';
import type { OutageNews } from '../calls/stop/inquire.ts';
import { accessDenied, serviceUnreachable } from '../calls/stop/stop-reasons.ts';
import type { StopSwitch } from '../calls/stop/stop-switch.ts';
import type { Selection } from '../export/association-lines.ts';
import type { ExportSummary } from '../export/export-summary.ts';
import type { Listed } from '../export/folder/kept-list.ts';
import type { KeptReads } from '../export/folder/kept-reads.ts';
import { openExport, type ExportFolder, type ExportTarget } from '../export/folder/open-export.ts';
import type { AskPage } from '../export/list-pipeline.ts';
import { publishFinished, runExport, type ExportEvents, type ExportPorts } from '../export/run-export.ts';
import type { InputOptions } from '../input/columns/input-options.ts';
import type { InputSource } from '../input/bytes/input-source.ts';
import { openIds, type IdReading, type IdTally } from '../input/open-ids.ts';
import { viewPace, type PaceView } from '../pace/pace-view.ts';
import type { RetryPolicy } from '../partner-central/retry.ts';
import type { OpenService } from './service/open-service.ts';

/** An export, as it was asked for. */
export interface ExportRequest {
  readonly target: ExportTarget;
  /** The file that names the opportunities; undefined: the whole pipeline is listed. */
  readonly ids: { readonly source: InputSource; readonly options: InputOptions } | undefined;
  readonly filters: PipelineFilters;
  readonly selection: Selection;
  readonly retryPolicy: RetryPolicy;
  /** Reads that may be under way at once. */
  readonly ahead: number;
  /** How long a service that gives no usable answer is waited for, milliseconds. */
  readonly outageWaitMs: number;
}

/** The world that an export is lent, beside its request. */
export interface ExportDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly clock: Clock;
  readonly dice: Dice;
  readonly stopSwitch: StopSwitch;
  readonly openService: () => Promise<OpenService>;
}

/** Told as an export goes on. */
export interface ExportJobEvents extends ExportEvents, OutageNews {
  readonly setAside: (paths: readonly string[]) => void;
  /** The file of opportunities was read to its end. */
  readonly idsRead: (reading: IdReading, counts: IdCounts) => void;
  readonly resumed: (begunAt: string) => void;
  /** The service is there; the view tells when so many more reads would end. */
  readonly connected: (reads: PaceView) => void;
}

/** Counts of a file of opportunities; of those that it names, each once. */
export interface IdCounts extends IdTally {
  readonly opportunities: number;
}

/** An export's end, or that of this session of it. */
export type ExportEnd =
  | { readonly kind: 'finished'; readonly summary: ExportSummary }
  // `kept`: something was listed or read, and is kept for the next time.
  | { readonly kind: 'stopped'; readonly reason: RunError; readonly kept: boolean };

/** Exports, or goes on with it. Rejects with a `RunError` where nothing was asked; a later stop is an end. */
export async function exportJob(
  request: ExportRequest,
  deps: ExportDependencies,
  events: ExportJobEvents,
): Promise<ExportEnd> {
  const ids = request.ids === undefined ? undefined : await listedIn(request.ids, events);
  const target = { ...request.target, terms: { ...request.target.terms, ...(ids && { ids: hashOf(ids) }) } };
  let opened: OpenService | undefined;
  const openService = async (): Promise<OpenService> => (opened ??= await deps.openService());
  try {
    // An earlier export stays in its place until the service is there for the one that takes it.
    if (target.restart) await openService();
    return await goOn({ ...request, target }, ids, { ...deps, openService }, events);
  } finally {
    await opened?.close();
  }
}

async function goOn(
  request: ExportRequest,
  ids: readonly Listed[] | undefined,
  deps: ExportDependencies,
  events: ExportJobEvents,
): Promise<ExportEnd> {
  const { wallMs } = deps.clock;
  const folder = await openExport(request.target, { ...deps, wallMs }, events.setAside);
  try {
    const published = await publishFinished(folder, deps.disk);
    if (published !== undefined) return { kind: 'finished', summary: published };
    if (folder.resumed) events.resumed(folder.job.begunAt);
    const service = await deps.openService();
    events.connected(viewPace(service.readPace, service.readDay));
    const content = { ids, selection: request.selection };
    try {
      const answered = await firstAnswered(folder.reads);
      const ports = portsOf(request, folder, { deps, service, events, answered });
      return { kind: 'finished', summary: await runExport(folder, content, ports, events) };
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      return { kind: 'stopped', reason: error, kept: !(await folder.discard().catch(() => false)) };
    }
  } finally {
    await folder.close();
  }
}

async function listedIn(
  { source, options }: NonNullable<ExportRequest['ids']>,
  { idsRead }: ExportJobEvents,
): Promise<readonly Listed[]> {
  const items: Listed[] = [];
  const { reading, rows, tally } = await openIds(source, options);
  for await (const { row, text, id } of rows) items.push(id ?? { row, text });
  const opportunities = new Set(items.filter((item) => typeof item === 'string')).size;
  idsRead(reading, { ...tally(), opportunities });
  if (items.length === 0 && tally().rowsWithout > 0) throw noOpportunity(source.name);
  return items;
}

/** Of rows without one, an empty export would look like opportunities that hold nothing; of no row, it is what there is. */
function noOpportunity(name: string): RunError {
  return new RunError('input_format', `${name} names no opportunity.`, { code: 'export_again' });
}

/** The list is a term of the export: going on with another would mix the two. Its order, and what it says twice, is none. */
function hashOf(items: readonly Listed[]): string {
  const hash = createHash('sha256');
  const lines = items.map((item) => (typeof item === 'string' ? item : `${item.row} ${item.text}`));
  for (const line of [...new Set(lines)].toSorted()) hash.update(`${line}\n`);
  return hash.digest('hex');
}

interface Surroundings {
  readonly deps: ExportDependencies;
  readonly service: OpenService;
  readonly events: ExportJobEvents;
  /** An opportunity that an earlier session has read. */
  readonly answered: OpportunityId | undefined;
}

function portsOf(request: ExportRequest, folder: ExportFolder, surroundings: Surroundings): ExportPorts {
  const { deps, service } = surroundings;
  const context: ReadContext = { ...deps, ...service, retryPolicy: request.retryPolicy };
  return {
    askPage: askPageOf(request, context, service),
    read: readerOf(request, folder, { context, ...surroundings }),
    ahead: request.ahead,
    isNear: isNearId,
    caller: service.caller,
    calls: () => {
      const { reads, throttles } = service.callCounts();
      return { reads, throttles };
    },
    disk: deps.disk,
    wallMs: deps.clock.wallMs,
  };
}

function askPageOf(
  { filters }: ExportRequest,
  context: ReadContext,
  { partnerCentral }: OpenService,
): AskPage {
  return async (nextToken) => {
    const answer = await pacedRead(context, {
      ask: (signal) => partnerCentral.listOpportunities({ filters, nextToken }, signal),
      judge: async () => 'row',
    });
    if (answer.ok || answer.fault.kind === 'refused') return answer;
    const { fault } = answer;
    throw fault.kind === 'denied'
      ? accessDenied(fault, READ_ACTIONS.pipeline)
      : serviceUnreachable(fault, 'listing opportunities');
  };
}

function readerOf(
  { ahead, outageWaitMs: waitMs }: ExportRequest,
  { list }: ExportFolder,
  { context, service, events, answered }: Surroundings & { readonly context: ReadContext },
): ExportPorts['read'] {
  const { partnerCentral } = service;
  const outages = openOutages(
    { ...context, partnerCentral, hold: NEVER_HELD },
    { slots: ahead, waitMs },
    events,
  );
  if (answered !== undefined) outages.answeredBefore(answered);
  return async (id: OpportunityId, ordinal: number): Promise<ReadAnswer> => {
    outages.rowTaken(false);
    if (!isAskedAfter(list.items(), ordinal)) outages.inputEnded();
    try {
      return await pacedRead(context, {
        ask: (signal, leaves) => partnerCentral.readOpportunity(id, signal, leaves),
        hold: outages.hold,
        judge: (answer) =>
          outages.judge({ by: ordinal, opportunityId: id, action: READ_ACTIONS.opportunity }, answer),
      });
    } finally {
      outages.rowEnded();
    }
  };
}

/** Whether anything of the list is asked for after this one: rows without an identifier are not. */
function isAskedAfter(items: readonly Listed[], ordinal: number): boolean {
  for (let later = ordinal + 1; later < items.length; later += 1) {
    if (typeof items[later] === 'string') return true;
  }
  return false;
}

async function firstAnswered(reads: KeptReads): Promise<OpportunityId | undefined> {
  for await (const record of reads.records()) {
    // Read under the identifier that it was asked for.
    if ('opportunity' in record) return record.id as OpportunityId;
  }
  return undefined;
}
