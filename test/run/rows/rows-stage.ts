import type { PartnerCentral } from '../../../src/partner-central/connect.ts';
import { NEVER_HELD, type Hold } from '../../../src/model/call.ts';
import type { InputRow } from '../../../src/model/row.ts';
import { RunError } from '../../../src/model/run-error.ts';
import { NO_PREFLIGHT } from '../../../src/calls/look/preflight.ts';
import type { JournalEntry } from '../../../src/store/journal-line.ts';
import type { RecordedOutcomes } from '../../../src/store/replay-outcomes.ts';
import type { SettledRow } from '../../../src/results/results-csv.ts';
import { runRows, type RowsToRun } from '../../../src/run/rows/run-rows.ts';
import type { CallContext, CallJournal, CallOptions } from '../../../src/calls/call-context.ts';
import { eitherOf } from '../../../src/calls/stop/hold-calls.ts';
import { openOutages } from '../../../src/calls/open-outages.ts';
import { createStopSwitch } from '../../../src/calls/stop/stop-switch.ts';
import { target, validRow } from '../../results/samples.ts';
import { fakeService, type FakeService } from '../fake-service.ts';
import { instantClock } from '../job-stage.ts';

/** A journal in memory; with `hold`, what is appended becomes durable when the test says so. */
export interface MemoryJournal extends CallJournal {
  /** In the place of a lease's. */
  readonly hold: Hold;
  readonly entries: JournalEntry[];
  readonly letThrough: () => void;
}

export function memoryJournal(holds: JournalEntry['t'] | 'nothing' = 'nothing'): MemoryJournal {
  const entries: JournalEntry[] = [];
  const held: (() => void)[] = [];
  const append: CallJournal['append'] = (entry) => {
    entries.push(entry);
    return entry.t === holds ? new Promise((resolve) => held.push(resolve)) : Promise.resolve();
  };
  return {
    entries,
    append,
    claim: async (note) => {
      await append(note);
      return 'noted';
    },
    note: (entry) => void entries.push(entry),
    hold: NEVER_HELD,
    letThrough: () => {
      for (const resolve of held.splice(0)) resolve();
    },
  };
}

export interface RowsStage extends AsyncDisposable {
  readonly service: FakeService;
  readonly journal: MemoryJournal;
  readonly context: CallContext;
  /** Runs these rows, and gathers what is given out: all of it, with what the run was stopped by. */
  readonly run: (
    rows: readonly InputRow[],
    changes?: Partial<RowsToRun & CallOptions>,
  ) => Promise<{
    readonly given: readonly SettledRow[];
    readonly stopped: string | undefined;
  }>;
}

export const NOTHING_RECORDED: RecordedOutcomes = {
  isOver: () => true,
  take: async () => undefined,
  close: async () => undefined,
};

interface Setting {
  readonly rows: number;
  readonly journal?: MemoryJournal;
  readonly slots?: number;
  /** Answers in the service's place. */
  readonly write?: PartnerCentral['write'];
}

/** A service that holds what the rows name, and a session with it. */
export async function setRowsStage({
  rows,
  journal = memoryJournal(),
  slots = 4,
  write,
}: Setting): Promise<RowsStage> {
  const clock = instantClock();
  const seed = Array.from({ length: rows }, (_, ordinal) => {
    const { opportunityId, entity } = target(ordinal);
    return `${opportunityId} ${entity.type} ${entity.id}`;
  });
  const service = fakeService(seed, clock);
  const open = await service.open();
  const stopSwitch = createStopSwitch();
  const partnerCentral = { ...open.partnerCentral, ...(write !== undefined && { write }) };
  const news = { outageBegan: () => undefined, outageEnded: () => undefined };
  const outages = openOutages(
    { ...open, partnerCentral, stopSwitch, clock, hold: NEVER_HELD },
    { slots, waitMs: 60_000 },
    news,
  );
  const context: CallContext = {
    ...open,
    options: {
      operationOf: () => 'disassociate',
      planOnly: false,
      preflight: false,
      mayDetachFirst: () => false,
      protectLast: false,
      skipLocked: false,
      provenIds: false,
      readLagMs: 0,
      maxFailures: { kind: 'percent', percent: 100 },
      outageWaitMs: 60_000,
      signInWaitMs: 0,
    },
    partnerCentral,
    journal,
    retryPolicy: { maxAttempts: 3, baseMs: 1, capMs: 1 },
    stopSwitch,
    outages,
    hold: eitherOf(outages.hold, journal.hold),
    preflight: NO_PREFLIGHT,
    replaces: true,
    clock,
    dice: () => 0,
  };
  const run: RowsStage['run'] = async (inputRows, changes = {}) => {
    const given: SettledRow[] = [];
    const toRun: RowsToRun = {
      batches: inBatches(inputRows),
      from: 0,
      recorded: NOTHING_RECORDED,
      unsettled: new Map(),
      slots,
      waiting: slots,
      only: undefined,
      limit: Number.POSITIVE_INFINITY,
      settled: () => undefined,
      ...changes,
    };
    const changed = { ...context, options: { ...context.options, ...changes } };
    try {
      for await (const settled of runRows(toRun, changed)) given.push(settled);
      return { given, stopped: undefined };
    } catch (error) {
      if (!(error instanceof RunError)) throw error;
      return { given, stopped: error.code };
    }
  };
  return { service, journal, context, run, [Symbol.asyncDispose]: open.close };
}

async function* inBatches(rows: readonly InputRow[]): AsyncGenerator<readonly InputRow[]> {
  for (let at = 0; at < rows.length; at += 3) yield rows.slice(at, at + 3);
}

export function validRows(count: number): InputRow[] {
  return Array.from({ length: count }, (_, ordinal) => validRow(ordinal));
}
