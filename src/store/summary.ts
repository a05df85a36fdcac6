import type { ChainHead } from './journal-chain.ts';
import type { JobEntry } from './journal-line.ts';
import type { Tally } from '../model/tally.ts';

/** Who the calls were made as; absent where STS was not asked or would not say. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** `….summary.json`: what a run did, for scripts and auditors. */
export interface Summary {
  readonly tool: string;
  readonly runId: string;
  readonly command: string;
  readonly catalog: string;
  readonly endpoint: string;
  readonly caller: Caller | null;
  /** As they were in force when the run ended. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly input: { readonly name: string; readonly bytes: number; readonly sha256: string };
  readonly results: { readonly name: string; readonly sha256: string };
  /** `rows` is the number of rows read; `byStatus` adds up to it. */
  readonly counts: Tally;
  /** Of a plan only: when a run begun now would end, at its rate and with what the daily quota has left. */
  readonly finishIfRunNow?: string;
  readonly calls: CallCounts;
  /** The chain of the journal's lines up to the one before its end; absent in what the first version wrote. */
  readonly journal?: ChainHead;
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** Calls of the session that ended the run; `counts.attempts` has the writes of all its sessions. */
export interface CallCounts {
  readonly writes: number;
  readonly reads: number;
  readonly throttles: number;
  /** Opportunities that were read again, since their rows stand far apart in the input; absent where none were. */
  readonly rereads?: number;
}

/** The parts that a summary takes from the run itself. */
export type SummaryParts = Omit<Summary, 'tool' | 'runId' | 'input' | 'startedAt'>;

export function summarise(job: JobEntry, parts: SummaryParts): Summary {
  const { finishedAt, ...rest } = parts;
  return { tool: job.tool, runId: job.id, ...rest, input: job.input, startedAt: job.at, finishedAt };
}
