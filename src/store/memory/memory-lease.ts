import { NEVER_HELD } from '../../model/call.ts';
import { createHash } from 'node:crypto';
import { RunError } from '../../model/run-error.ts';
import { chainFrom, foldChain, NO_LINES, type ChainHead } from '../journal-chain.ts';
import type { JobEntry, JournalEntry, MarkEntry } from '../journal-line.ts';
import { foldJournal, type JournalState } from '../journal-state.ts';
import { keepMarks } from '../marks/keep-marks.ts';
import { gatherWritesBack } from '../recent-events.ts';
import type {
  JournalFound,
  ResultsSink,
  RunContents,
  RunLease,
  RunPlaces,
  WriteQuota,
} from '../run-store.ts';
import { endEntry } from '../summary.ts';
import type { MemoryRun } from './memory-run.ts';

/** A run as it is known now; later entries do not show in it. */
export function contentsOf(run: MemoryRun, places: RunPlaces): RunContents {
  const journal = [...run.journal];
  return {
    job: run.job,
    state: stateOf(journal),
    found: foundIn(journal),
    marked: newestMark(journal)?.kept,
    places,
    input: () => each(run.input),
    entries: () => each(journal),
    newestWrites: async () => {
      const found = gatherWritesBack(stateOf(journal).writes);
      for (const entry of journal.toReversed()) if (!found.add(entry)) break;
      return found.timesMs();
    },
    publishedResults: async () => (run.results === undefined ? undefined : each([Buffer.from(run.results)])),
    resultsSoFar: async () => each([Buffer.from(run.partialResults.join(''))]),
    publishedSummary: async () => run.summary,
    checkChain: async (at) => {
      const fold = foldChain(at);
      for (const line of linesOf(journal)) fold.add(line);
      return fold.found();
    },
  };
}

function foundIn(journal: readonly JournalEntry[]): JournalFound {
  const endsAt = journal.findLastIndex(({ t }) => t === 'end');
  const told = journal.slice(0, endsAt < 0 ? journal.length : endsAt);
  return { chain: headOf(told), brokenAt: undefined, bytesBehind: 0 };
}

function stateOf(journal: readonly JournalEntry[]): JournalState {
  const fold = foldJournal();
  for (const entry of journal) fold.add(entry);
  return fold.state();
}

/** The journal as lines, as every other home would have them. */
function linesOf(journal: readonly JournalEntry[]): readonly string[] {
  const chain = chainFrom(NO_LINES);
  return journal.map((entry) => chain.link(entry).trimEnd());
}

function headOf(journal: readonly JournalEntry[]): ChainHead {
  const chain = chainFrom(NO_LINES);
  for (const entry of journal) chain.link(entry);
  return chain.head();
}

/** The place of a run among others: taken as it begins, and let go with it. */
interface RunPlace {
  readonly takePlace: () => void;
  /** `begun` tells whether the run has a first line. */
  readonly letGo: (begun: boolean) => void;
}

export function leaseOf(run: MemoryRun, places: RunPlaces, { takePlace, letGo }: RunPlace): RunLease {
  const { holder, journal } = run;
  let length = journal.length;
  let session: WriteQuota | undefined;
  const marks = keepMarks(stateOf(journal));
  const write = (entry: JobEntry | JournalEntry): void => {
    if (run.holder !== holder || journal.length !== length) throw changed(places);
    journal.push(entry);
    marks.add(entry);
    length += 1;
  };
  return {
    ...contentsOf(run, places),
    begin: async (start, quota) => {
      if (journal.length === 0) {
        takePlace();
        write(run.job);
      }
      const { place } = quota;
      write({ ...start, ...(place !== undefined && { ledgerFolder: place }) });
      session = quota;
    },
    append: async (entry) => write(entry),
    note: (entry) => {
      write(entry);
    },
    claim: async (note, day) => {
      if (session === undefined) throw new Error('The session has not begun.');
      const taken = await session.takeWrite(day);
      if (taken !== 'taken') return taken;
      write(note);
      return 'noted';
    },
    hold: NEVER_HELD,
    chain: () => headOf(journal),
    soFar: async () => ({ ...stateOf(journal), chain: headOf(journal) }),
    sessions: () => stateOf(journal).sessions,
    passed: marks.passed,
    mark: (progress) => {
      const mark = marks.mark(progress, run.job.id);
      if (mark !== undefined) write(mark);
      return mark === undefined ? 0 : JSON.stringify(mark).length;
    },
    flush: async () => undefined,
    results: async () => sinkOf(run, ''),
    resume: async (fits) => {
      const text = Buffer.from(run.partialResults.join(''));
      const at = journal.findLastIndex((entry) => isSoundMark(entry, text) && fits(entry.kept));
      const mark = journal[at];
      if (mark?.t !== 'mark') return undefined;
      const behind = [...mark.ahead, ...journal.slice(at + 1, length)];
      return {
        rows: mark.rows,
        kept: mark.kept,
        entries: () => each(behind),
        results: sinkOf(run, text.toString('utf8', 0, mark.results.bytes)),
      };
    },
    publish: async (summary) => {
      if (run.holder !== holder || journal.length !== length) throw changed(places);
      run.results = run.partialResults.join('');
      run.summary = `${JSON.stringify(summary, null, 2)}\n`;
      write(endEntry(summary));
    },
    release: async () => {
      if (run.holder !== holder) return;
      run.holder = undefined;
      letGo(journal.length > 0);
    },
  };
}

function newestMark(journal: readonly JournalEntry[]): MarkEntry | undefined {
  const newest = journal.findLast((entry) => entry.t === 'mark');
  return newest?.t === 'mark' ? newest : undefined;
}

/** Whether the results so far have the rows of a mark, to the byte. */
function isSoundMark(entry: JournalEntry, text: Buffer): entry is MarkEntry {
  if (entry.t !== 'mark' || entry.results.bytes > text.length) return false;
  const { bytes, sha256 } = entry.results;
  return createHash('sha256').update(text.subarray(0, bytes)).digest('hex') === sha256;
}

/** Goes on behind the text that stands there. */
function sinkOf(run: MemoryRun, before: string): ResultsSink {
  run.partialResults = [before];
  const hash = createHash('sha256').update(before);
  let bytes = Buffer.byteLength(before);
  return {
    write: async (text) => {
      hash.update(text);
      bytes += Buffer.byteLength(text);
      run.partialResults.push(text);
    },
    soFar: () => ({ bytes, sha256: hash.copy().digest('hex') }),
    finish: async () => hash.copy().digest('hex'),
    close: async () => undefined,
  };
}

function changed({ folder }: RunPlaces): RunError {
  return new RunError(
    'results_unwritable',
    `The run's journal could not be written: ${folder} is not as this run left it: something else changed it.`,
    { code: 'leave_run_alone' },
  );
}

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
