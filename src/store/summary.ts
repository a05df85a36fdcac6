import { isDeepStrictEqual } from 'node:util';
import { givenTerms } from './given-terms.ts';
import type { ChainHead } from './journal-chain.ts';
import type { Caller, CallCounts, EndEntry, JobEntry, RecordedOptions } from './journal-line.ts';
import { callsOfAll, callsOfLast, type Session } from './sessions.ts';
import type { Tally } from '../model/tally.ts';

/** `….summary.json`: what a run did, for scripts and auditors. */
export interface Summary {
  /** Of this form: `schemas/summary.schema.json` describes it. Absent in what the first version wrote. */
  readonly version?: 1;
  readonly tool: string;
  readonly runId: string;
  readonly command: string;
  readonly catalog: string;
  readonly endpoint: string;
  /** Who made the calls of every session; `null` where that is not known, or where they had several: `sessions` has each one's. */
  readonly caller: Caller | null;
  /** Those that every session had alike: `sessions` has each one's. */
  readonly options: RecordedOptions;
  /** Those that decide which rows are meant and how they are read, as they were given; absent in what earlier versions wrote. */
  readonly terms?: RecordedOptions;
  readonly input: { readonly name: string; readonly bytes: number; readonly sha256: string };
  readonly results: { readonly name: string; readonly sha256: string };
  /** `rows` is the number of rows read; `byStatus` adds up to it. */
  readonly counts: Tally;
  /** Of a plan only: when a run begun now would end, at its rate and with what the daily quota has left. */
  readonly finishIfRunNow?: string;
  /** Of all sessions; where one was cut off, which reads it made is not known, and these are at least so many. */
  readonly calls: CallCounts;
  /** Oldest first; absent in what the first version wrote. */
  readonly sessions?: readonly Session[];
  /** The chain of the journal's lines up to the one before its end; absent in what the first version wrote. */
  readonly journal?: ChainHead;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** The parts that a summary takes from the run itself. */
export interface SummaryParts extends Omit<
  Summary,
  'version' | 'tool' | 'runId' | 'input' | 'startedAt' | 'caller' | 'options' | 'terms' | 'calls' | 'sessions'
> {
  readonly sessions: readonly Session[];
}

export function summarise(job: JobEntry, parts: SummaryParts): Summary {
  const { command, catalog, endpoint, sessions, finishedAt, ...rest } = parts;
  return {
    version: 1,
    tool: job.tool,
    runId: job.id,
    command,
    catalog,
    endpoint,
    caller: sharedCaller(sessions),
    options: sharedOptions(sessions),
    terms: givenTerms(job.terms),
    ...rest,
    calls: callsOfAll(sessions),
    sessions,
    input: job.input,
    startedAt: job.at,
    finishedAt,
  };
}

function sharedCaller(sessions: readonly Session[]): Caller | null {
  const [first, ...others] = sessions.map(({ caller }) => caller);
  return others.every((caller) => isDeepStrictEqual(caller, first)) ? (first ?? null) : null;
}

function sharedOptions(sessions: readonly Session[]): RecordedOptions {
  const [first = {}, ...others] = sessions.map(({ options }) => options ?? {});
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((options) => options[name] === value)),
  );
}

/** The journal's last line, written once the summary stands. */
export function endEntry({ counts, results, finishedAt, sessions = [] }: Summary): EndEntry {
  const calls = callsOfLast(sessions);
  return {
    t: 'end',
    tally: counts,
    resultsSha256: results.sha256,
    at: finishedAt,
    ...(calls !== undefined && { calls }),
  };
}
