import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { RunError } from '../model/run-error.ts';
import type { InputIdentity } from './input-bytes.ts';
import type { JobEntry } from './journal-line.ts';
import type { RunTerms } from './run-store.ts';

/** The journal's first line of a run that begins now. `results`: the name of its results, without a place. */
export function newJob(
  { terms, tool }: RunTerms,
  input: InputIdentity,
  results: string,
  nowMs: number,
): JobEntry {
  const at = new Date(nowMs).toISOString();
  return { t: 'job', version: 1, id: randomUUID(), tool, input, results, terms, at };
}

/** Told by the command. Some records have it all the same; those of older versions, of the same command, have not. */
export const IMPLIED_TERM = 'ownTable';

/** Of an undo: the run that it takes back, by its id. An earlier version noted none. */
export const UNDONE_RUN = 'undoneRun';

/** Refuses to go on with a run under other terms than it was begun with. `folder`: the run's, as people are told of it. */
export function assertSameTerms(job: JobEntry, { terms }: Pick<RunTerms, 'terms'>, folder: string): void {
  const names = new Set([...Object.keys(job.terms), ...Object.keys(terms)]);
  names.delete(IMPLIED_TERM);
  assertSameUndone(job.terms[UNDONE_RUN], terms[UNDONE_RUN], folder);
  names.delete(UNDONE_RUN);
  assertBothOrNeitherRehearsed(job.terms, terms, folder);
  for (const name of names) {
    const [before, now] = [job.terms[name] ?? 'none', terms[name] ?? 'none'];
    if (before === now) continue;
    throw new RunError(
      'usage',
      `The run in ${folder} was begun with ${termName(name)} ${termWords(before)}, and this command says ${termWords(now)}.`,
      { code: 'keep_options' },
    );
  }
}

/** Two accounts may have runs of one name, and one may be begun anew under the name of another. */
function assertSameUndone(before: string | undefined, now: string | undefined, folder: string): void {
  if (before === undefined || now === undefined || before === now) return;
  throw new RunError('usage', `The undo in ${folder} is that of another run than this command names.`, {
    code: 'name_other_results',
  });
}

/** Of a rehearsal nobody has typed catalog or endpoint, and its results are no part of a real run's. */
function assertBothOrNeitherRehearsed(
  before: RunTerms['terms'],
  now: RunTerms['terms'],
  folder: string,
): void {
  const [rehearsed, rehearses] = [before['endpoint'] === 'emulator', now['endpoint'] === 'emulator'];
  if (rehearsed === rehearses) return;
  throw new RunError(
    'usage',
    rehearsed
      ? `The run in ${folder} is a rehearsal, which changed nothing at AWS, and this command is none.`
      : `The run in ${folder} is no rehearsal, and this command is one.`,
    { code: 'name_other_results' },
  );
}

/** An undo keeps what selects its rows under a name of its own. */
function termName(name: string): string {
  return name.replace(/^undone /, '');
}

/** Lists are kept as JSON. */
function termWords(value: string): string {
  return /^\[".*"\]$/s.test(value) ? (JSON.parse(value) as readonly string[]).join(', ') : value;
}

/** Refuses to go on with another input than the run was begun with. */
export function assertSameInput({ input }: JobEntry, now: InputIdentity, folder: string): void {
  if (now.sha256 === input.sha256) return;
  assertSameName(input, now.name, folder);
  const how =
    now.bytes === input.bytes
      ? 'of the same size, other content'
      : `${input.bytes} bytes then, ${now.bytes} now`;
  throw new RunError(
    'input_changed',
    `${now.name} has changed since its run in ${folder} was begun (${how}).`,
    { code: 'use_copy_or_begin_again' },
  );
}

/** Whatever it holds by now: a run of a file of another name is no copy of it. */
export function assertSameName({ name }: InputIdentity, now: string, folder: string): void {
  if (basename(now) !== basename(name)) throw resultsOfAnother(name, now, folder);
}

function resultsOfAnother(input: string, now: string, folder: string): RunError {
  return new RunError(
    'input_changed',
    `These are the results of another input: the run in ${folder} is that of ${input}, and this command names ${now}.`,
    { code: 'name_other_results' },
  );
}

/** A run was to be gone on with from its own copy of the input, and there is none. */
export function nothingToGoOnWith(folder: string): RunError {
  return new RunError('input_unreadable', `There is no run in ${folder} to go on with.`, {
    code: 'begin_without_copy',
  });
}

/** Files stand already at names that a new run would give. */
export function resultsExist(place: string): RunError {
  return new RunError('results_exist', `${place} exists already, and no run of oppsweep stands beside it.`, {
    code: 'name_other_results',
  });
}
