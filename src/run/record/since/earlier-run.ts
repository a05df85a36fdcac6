import { basename } from 'node:path';
import { isOperation } from '../../../model/operation.ts';
import { isPlan } from '../../../store/given-terms.ts';
import type { JobEntry } from '../../../store/journal-line.ts';
import { UNDONE_RUN } from '../../../store/same-run.ts';
import type { RunLease, RunRecord, RunStore } from '../../../store/run-store.ts';
import type { Summary } from '../../../store/summary.ts';
import { accountsOf } from '../run-accounts.ts';

/** A run as its journal or its summary tells of it. */
export interface EarlierRun {
  /** Its own; `undefined` where nothing tells it. */
  readonly id: string | undefined;
  /** By which its store finds those beside it. */
  readonly name: string;
  readonly results: string;
  /** Of a finished run. */
  readonly resultsSha256: string | undefined;
  /** Of its results as somebody has corrected them since. */
  readonly correctedSha256?: string | undefined;
  readonly startedAt: string;
  readonly command: string | undefined;
  readonly catalog: string | undefined;
  readonly endpoint: string | undefined;
  /** Whose it is: its accounts, or what stands in for one. */
  readonly owner: string;
}

/** By its record. */
export function earlierRun(run: Pick<RunLease, 'job' | 'places' | 'state'>): EarlierRun {
  const { job, places, state } = run;
  const { command, catalog, endpoint } = job.terms;
  const { results, run: name = results } = places;
  const resultsSha256 = state.end?.resultsSha256;
  const owner = ownerOf(run);
  return { id: job.id, name, results, resultsSha256, startedAt: job.at, command, catalog, endpoint, owner };
}

/** By its summary alone. `results`: where they stand, and what they are as they stand there. */
export function earlierRunOf(
  { runId: id, startedAt, command, catalog, endpoint, caller, sessions = [] }: Summary,
  results: { readonly name: string; readonly sha256: string },
): EarlierRun {
  const { name, sha256: resultsSha256 } = results;
  const callers = [caller, ...sessions.map((session) => session.caller)];
  const owner = ownerWords(callers.flatMap((one) => one?.account ?? []));
  return { id, name, results: name, resultsSha256, startedAt, command, catalog, endpoint, owner };
}

/** The undos of a run that stand beside it, oldest first. */
export async function undosOf(
  run: EarlierRun,
  runs: Pick<RunStore, 'beside'>,
): Promise<readonly RunRecord[]> {
  const undos = await runs.beside({ name: run.name, is: (job) => isUndoOf(job, run) });
  return undos.toSorted(byAge);
}

export function byAge(left: RunRecord, right: RunRecord): number {
  return left.job.at.localeCompare(right.job.at);
}

/** A rehearsal takes back what another rehearsal did, and nothing of a real run. */
export function isUndoOf(job: JobEntry, run: EarlierRun): boolean {
  const { terms, input } = job;
  if (terms['command'] !== 'undo' || !isWhereItWas(job, run)) return false;
  const undone = terms[UNDONE_RUN];
  // An earlier version noted no more than how the run was named.
  return undone === undefined || run.id === undefined
    ? stemOf(input.name) === stemOf(run.results)
    : undone === run.id;
}

/** Whatever they are called: of results that were changed since, no line is known to be the same. */
export function isRunAgainOf(job: JobEntry, run: EarlierRun): boolean {
  const { id, terms, input, at } = job;
  if (![run.resultsSha256, run.correctedSha256].includes(input.sha256)) return false;
  // Where no line was asked for, a run's results are its input to the byte.
  const isLater = id !== run.id && at > run.startedAt;
  return isLater && isOperation(run.command) && terms['command'] === run.command && isWhereItWas(job, run);
}

function isWhereItWas({ terms, at }: JobEntry, run: EarlierRun): boolean {
  const { catalog, endpoint } = terms;
  return !isPlan(terms) && at >= run.startedAt && catalog === run.catalog && endpoint === run.endpoint;
}

/** Where nobody told an account, its access key stands in for it, as in the name of its ledger. */
export function ownerOf(run: Pick<RunLease, 'places' | 'state'>): string {
  const accounts = accountsOf(run);
  if (accounts.length > 0) return ownerWords(accounts);
  const ledger = run.state.session?.ledgerFolder ?? '';
  // Of a store it is no path.
  return ledger.startsWith('store ') ? ledger : basename(ledger);
}

function ownerWords(accounts: readonly string[]): string {
  return [...new Set(accounts)].toSorted().join(' ');
}

/** A run is named by its results, by its folder, or by the results so far in that. */
function stemOf(named: string): string {
  const parts = named.split(/[\\/]/).filter((part) => part !== '');
  const last = parts.at(parts.at(-1) === 'results.partial.csv' ? -2 : -1) ?? '';
  return last.replace(/\.(oppsweep|csv|tsv|txt)$/i, '').replace(/\.results$/i, '');
}
