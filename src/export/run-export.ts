import type { ReadAnswer } from '../model/call.ts';
import type { OpportunityId } from '../model/entity.ts';
import type { Disk } from '../disk/disk.ts';
import { beginText } from '../store/files/run-folder/text-sink.ts';
import { unwritable } from '../store/files/run-folder/unwritable.ts';
import type { Caller } from '../store/journal-line.ts';
import type { Selection } from './association-lines.ts';
import type { ExportCalls, ExportSummary } from './export-summary.ts';
import type { Listed } from './folder/kept-list.ts';
import type { ReadRecord } from './folder/kept-reads.ts';
import type { ExportFolder } from './folder/open-export.ts';
import { publishExport } from './folder/publish-export.ts';
import { listPipeline, type AskPage } from './list-pipeline.ts';
import { readInOrder } from './read-in-order.ts';
import type { IsNear } from './sought-entities.ts';
import { writeExport, type Wanted, type Written } from './write-export.ts';

/** What an export needs of the service. Every call rejects with what stops the export. */
export interface ExportPorts {
  readonly askPage: AskPage;
  /** Reads an opportunity, tried again as calls are. */
  readonly read: (id: OpportunityId, ordinal: number) => Promise<ReadAnswer>;
  /** Reads that may be under way at once. */
  readonly ahead: number;
  /** Tells a slip of writing in an entity that was asked for. */
  readonly isNear: IsNear;
  readonly caller: Caller | null;
  readonly calls: () => ExportCalls;
  readonly disk: Disk;
  readonly wallMs: () => number;
}

/** What an export is to hold. */
export interface ExportContent {
  /** The opportunities to read; undefined: the whole pipeline is listed. */
  readonly ids: readonly Listed[] | undefined;
  readonly selection: Selection;
}

/** Told as the export goes on. */
export interface ExportEvents {
  /** A page of the list came, or the list was begun again. */
  readonly listed: (opportunities: number) => void;
  readonly began: (opportunities: number, readBefore: number) => void;
  readonly read: (opportunities: number, unread: number) => void;
}

/** Reads what is left, and publishes the export once all is read. Rejects with what stopped it: the same export goes on. */
export async function runExport(
  folder: ExportFolder,
  content: ExportContent,
  ports: ExportPorts,
  events: ExportEvents,
): Promise<ExportSummary> {
  const summary = await readAndWrite(folder, content, ports, events);
  await publishExport(summary, folder.places, ports.disk);
  return summary;
}

/** Publishes an export of which all was read by an earlier session; undefined where something is left to read. */
export async function publishFinished(folder: ExportFolder, disk: Disk): Promise<ExportSummary | undefined> {
  const summary = folder.finished === undefined ? undefined : summaryIn(folder.finished);
  if (summary !== undefined) await publishExport(summary, folder.places, disk);
  return summary;
}

function summaryIn(text: string): ExportSummary | undefined {
  try {
    // Written whole, and by this tool.
    return JSON.parse(text) as ExportSummary;
  } catch {
    return undefined;
  }
}

async function readAndWrite(
  folder: ExportFolder,
  content: ExportContent,
  ports: ExportPorts,
  events: ExportEvents,
): Promise<ExportSummary> {
  await listAll(folder, content, ports, events);
  await readAll(folder, ports, events);
  const { places } = folder;
  const { disk, isNear } = ports;
  const wanted = { selection: content.selection, isNear };
  const written = await writeFiles(folder, wanted, disk).catch(cantWrite);
  const summary = summaryOf(folder, content, written, ports);
  await disk.replaceFile(places.finished, Buffer.from(JSON.stringify(summary))).catch(cantWrite);
  return summary;
}

async function listAll(
  { list }: ExportFolder,
  { ids }: ExportContent,
  { askPage }: ExportPorts,
  events: ExportEvents,
): Promise<void> {
  const told = (): void => events.listed(list.items().length);
  if (list.isWhole()) return;
  if (ids === undefined) return listPipeline(list, askPage, told).catch(cantWrite);
  await list.beginAgain().catch(cantWrite);
  await list.keep(ids, undefined).catch(cantWrite);
  told();
}

async function readAll(
  { list, reads }: ExportFolder,
  ports: ExportPorts,
  events: ExportEvents,
): Promise<void> {
  const items = list.items();
  const before = reads.count();
  events.began(items.length, before);
  const read = (item: Listed, ordinal: number): Promise<ReadRecord> => readListed(item, ordinal, ports);
  for await (const record of readInOrder(items, before, ports.ahead, read)) {
    await reads.add(record).catch(cantWrite);
    events.read(reads.count(), reads.unread());
  }
}

async function readListed(item: Listed, ordinal: number, { read }: ExportPorts): Promise<ReadRecord> {
  if (typeof item !== 'string') {
    const message = `Row ${item.row} has no opportunity's identifier (the letter O and 1 to 19 digits).`;
    return { id: item.text, fault: { exception: 'InvalidRow', message } };
  }
  const answer = await read(item, ordinal);
  if (answer.ok) return { id: item, opportunity: answer.opportunity };
  const { exception, message, requestId } = answer.fault;
  return { id: item, fault: { exception, message, ...(requestId !== undefined && { requestId }) } };
}

async function writeFiles({ places, reads }: ExportFolder, wanted: Wanted, disk: Disk): Promise<Written> {
  const results = await beginText(await disk.openForAppend(places.partialResults));
  try {
    const unread = await beginText(await disk.openForAppend(places.partialUnread));
    try {
      return await writeExport(reads.records(), wanted, { results, unread });
    } finally {
      await unread.close();
    }
  } finally {
    await results.close();
  }
}

function summaryOf(
  { job, places }: ExportFolder,
  { selection }: ExportContent,
  { sha256, unreadSha256, counts, notHeld }: Written,
  { caller, calls, wallMs }: ExportPorts,
): ExportSummary {
  return {
    tool: job.tool,
    command: 'export',
    terms: job.terms,
    selection,
    caller,
    results: { name: places.results, sha256 },
    ...(counts.unread > 0 && { unread: { name: places.unread, sha256: unreadSha256 } }),
    counts,
    ...(notHeld.length > 0 && { notHeld }),
    lastSessionCalls: calls(),
    begunAt: job.begunAt,
    finishedAt: new Date(wallMs()).toISOString(),
  };
}

function cantWrite(cause: unknown): never {
  throw unwritable('The export so far', cause);
}
