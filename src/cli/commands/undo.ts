import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import type { InputOptions } from '../../input/columns/input-options.ts';
import { isSelective } from '../../input/selection/selection.ts';
import { RunError } from '../../model/run-error.ts';
import type { JobEntry } from '../../store/journal-line.ts';
import { UNDONE_RUN } from '../../store/same-run.ts';
import type { RunPlaces, RunRecord } from '../../store/run-store.ts';
import { findRecord, lookedAt } from '../../run/record/find-record.ts';
import { accountsOf } from '../../run/record/run-accounts.ts';
import { resultsAsLeft } from '../../run/record/results-as-left.ts';
import { assertSoundJournal } from '../../run/record/journal-fault.ts';
import { assertBeside } from '../../run/record/since/undo-beside.ts';
import { withoutShared, type UnsharedChanges } from '../../run/record/since/shared-replacements.ts';
import { changedBefore } from '../../run/record/changed-before.ts';
import { changesToUndo, type ChangeToUndo, type RowsToUndo } from '../../run/record/changes-to-undo.ts';
import { isOperation, MAIN_OPERATION, writesFor } from '../../model/operation.ts';
import { UNDO_COLUMNS } from '../../model/result-columns.ts';
import { counted } from '../words/amounts.ts';
import { CHANGED_SINCE, unknownLine, rowsMeant, runWords, sharedWords } from '../words/describe-undo.ts';
import { EXIT } from '../words/hints/stop-codes.ts';
import { runCommand } from './run-command.ts';
import { calledAfter, defaultResultsPath } from '../../run/request/default-results.ts';
import { operationFrom } from '../../run/request/input-terms.ts';
import { purposeOf } from '../options/file-job.ts';
import { addSelectionFlags, selectionWords, type InputFlags } from '../options/input-flags.ts';
import { nextCommand } from '../options/next-command.ts';
import { addRunFlags, tellOutput, type RunFlags } from '../options/run-flags.ts';
import type { JobSpec } from '../../run/request/run-job-spec.ts';
import { isRehearsal } from '../../run/request/run-options.ts';
import { runTargetOf } from '../../run/request/run-target.ts';
import { targetContextOf } from '../options/target-context.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** `oppsweep undo`: takes back exactly what a run changed. */
export function furnishUndo(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description(
      'Takes the rows that a run really changed, newest first, and associates again what it removed (and removes what it attached). Itself a run: resumable, with results of its own.',
    )
    .argument('<results>', 'the run’s results, its folder, or the partial results in it')
    .option('--plan', 'tell what it would do to each row, and its cost; reads only (people.undo.plan.csv)')
    .addHelpText('after', EXAMPLES);
  const meant = addSelectionFlags(addRunFlags(command));
  tellOutput(meant, 'results', UNDO_NAMED).action(async (named: string, flags: UndoFlags) => {
    exit(await undo(named, flags, context));
  });
}

const UNDO_NAMED = 'people.results.csv gives people.undo.csv';

type UndoFlags = RunFlags & Pick<InputFlags, 'where' | 'entities'> & { readonly plan?: boolean };

const EXAMPLES = `
Examples:
  oppsweep undo people.results.csv --plan --catalog AWS            reads, and writes people.undo.plan.csv
  oppsweep undo people.results.csv --emulator -o rehearsal.csv     a rehearsal; nothing leaves the machine
  oppsweep undo people.results.csv --catalog AWS
`;

async function undo(meant: string, flags: UndoFlags, context: ProcessContext): Promise<number> {
  const { run, changes, shared, unknown, all } = await lookedAt(findChanges(meant, flags, context));
  tellChangedBefore(run, flags, context);
  tellUnknown({ run, unknown }, flags, context);
  if ((await resultsAsLeft(run, Infinity)) === 'changed' && flags.quiet !== true) {
    context.terminal.err(CHANGED_SINCE);
  }
  if (changes.length === 0) {
    const what = isSelected(flags) ? 'changed nothing in these rows' : 'changed nothing';
    context.terminal.err(`${runWords(run.places)}: the run ${what}, so there is nothing to undo.\n`);
    return EXIT.settled;
  }
  if (flags.quiet !== true) {
    const writes = changes.reduce(
      (sum, { operation, target }) => sum + writesFor(operation, target).length,
      0,
    );
    context.terminal.err(
      `To undo ${runWords(run.places)}: ${rowsMeant(changes, all)}, newest first; ${counted(writes, 'write')}.\n${sharedWords(shared)}`,
    );
  }
  const words = meantWords(flags);
  const job = {
    ...undoJob(meant, run, changes),
    moreTerms: { [UNDONE_RUN]: run.job.id, ...undoTerms(flags) },
    againWords: words,
  };
  const { only: _, ...others } = flags;
  return runCommand(flags.plan === true ? planOf(job, run, words) : job, others, context);
}

function isSelected(flags: UndoFlags): boolean {
  return isSelective(flags) || flags.only !== undefined;
}

function meantWords({ where, entities, only }: UndoFlags): readonly string[] {
  const statuses = only === undefined ? [] : ['--only', only.join(',')];
  return [...statuses, ...selectionWords({ where, entities })];
}

interface FoundChanges extends Pick<RowsToUndo, 'unknown'>, UnsharedChanges {
  readonly run: RunRecord;
  readonly all: RowsToUndo['changes'];
}

async function findChanges(named: string, flags: UndoFlags, context: ProcessContext): Promise<FoundChanges> {
  const { name, record: run } = await findRecord(named, context.runs);
  if (run === undefined) throw noRun(context.runs.places(name));
  await assertSameService(run.job, flags, context);
  assertUndoable(run.job);
  assertAtRest(run);
  if (flags.plan !== true) assertBeside(run, flags.output);
  await assertSoundJournal(run);
  const found = await changesToUndo(run, flags);
  const all = isSelected(flags) ? (await changesToUndo(run)).changes : found.changes;
  const kept = await withoutShared(run, { changes: found.changes, all }, context.runs);
  return { run, unknown: found.unknown, all, ...kept };
}

/** Their lines are in these results too, and whoever reads them may believe that they come back. */
function tellChangedBefore(
  { state, places }: RunRecord,
  { quiet }: UndoFlags,
  { terminal }: ProcessContext,
): void {
  const before = changedBefore(state);
  if (before === 0 || quiet === true) return;
  terminal.err(
    `${counted(before, 'row')} of ${places.results} ${before === 1 ? 'was' : 'were'} changed by an earlier run, whose results were the input: to take that back, undo those results.\n`,
  );
}

function tellUnknown(
  { run: { job, state, places }, unknown }: Pick<FoundChanges, 'run' | 'unknown'>,
  flags: UndoFlags,
  { program, terminal }: ProcessContext,
): void {
  if (unknown.length === 0 || flags.quiet === true) return;
  const own = operationFrom(job.terms) === MAIN_OPERATION ? [] : ['--associate'];
  const words = [...own, ...selectionWords(flags)];
  const plan = { program, command: 'plan', input: places.results, words, only: ['unknown'] } as const;
  terminal.err(unknownLine(unknown, state.end && nextCommand(plan, flags)));
}

function undoJob(named: string, run: RunRecord, changes: readonly ChangeToUndo[]): JobSpec {
  const replaces = changes.some(({ target }) => target.replacement !== undefined);
  return {
    command: 'undo',
    operationOf: ({ cells }) => (isOperation(cells[0]) ? cells[0] : MAIN_OPERATION),
    planOnly: false,
    provenIds: true,
    inputName: named,
    purpose: purposeOf('undo', named),
    inputBytes: bytesOf(changes),
    undoes: { run: run.places.run, accounts: accountsOf(run) },
    detachesFirst: ({ cells }) => cells[UNDO_COLUMNS.length] === DETACHES_FIRST,
    inputOptions: replaces ? { ...COLUMNS, ...REPLACEMENT_COLUMNS } : COLUMNS,
    defaultResults: defaultResultsPath(calledAfter(named, run.places), 'undo'),
  };
}

function planOf(job: JobSpec, { places }: RunRecord, words: readonly string[]): JobSpec {
  return {
    ...job,
    planOnly: true,
    planned: { command: 'undo', input: job.inputName, words },
    defaultResults: defaultResultsPath(calledAfter(job.inputName, places), 'undo.plan'),
  };
}

/** The rows that are undone are terms of the undo, though its own table holds no others. */
function undoTerms({ where, entities, only }: UndoFlags): Readonly<Record<string, string>> {
  return {
    ...(where !== undefined && { 'undone where': JSON.stringify(where) }),
    ...(entities !== undefined && { 'undone entities': JSON.stringify(entities) }),
    ...(only !== undefined && { 'undone only': JSON.stringify(only) }),
  };
}

const COLUMNS: InputOptions = {
  opportunityColumn: 'Opportunity',
  typeColumn: 'Entity type',
  entityColumn: 'Entity',
  ownTable: true,
};
/** A removed entity comes back under the type it had: a product code's shape tells none. */
const REPLACEMENT_COLUMNS: InputOptions = {
  replaceColumn: 'Replacement',
  replaceTypeColumn: 'Replacement type',
};
/** One more column, where a row of the run detached first. */
const DETACH_FIRST_COLUMN = 'Detach first';
const DETACHES_FIRST = 'yes';

/** The undo's input: the same bytes for the same run, so that the same command goes on with it. */
async function* bytesOf(changes: readonly ChangeToUndo[]): AsyncGenerator<Uint8Array> {
  const withOrder = changes.some(({ detachFirst }) => detachFirst);
  yield Buffer.from(stringify([withOrder ? [...UNDO_COLUMNS, DETACH_FIRST_COLUMN] : UNDO_COLUMNS]));
  for (const { row, finishedAt, operation, target, detachFirst } of changes) {
    const { opportunityId, entity, replacement } = target;
    const at = new Date(finishedAt).toISOString();
    const attached = [replacement?.type ?? '', replacement?.id ?? ''];
    const cells = [operation, String(row), at, opportunityId, entity.type, entity.id, ...attached];
    const order = withOrder ? [detachFirst ? DETACHES_FIRST : ''] : [];
    yield Buffer.from(stringify([[...cells, ...order]]));
  }
}

function assertUndoable({ terms, results }: JobEntry): void {
  if (isOperation(terms['command'])) return;
  throw new RunError(
    'usage',
    `${results} is of the command ${terms['command'] ?? 'unknown'}, which can't be undone.`,
    { code: 'undo_a_run' },
  );
}

/** Changes of a run that is under way can't be told yet. */
function assertAtRest({ job: { results }, holder, lockFault }: RunRecord): void {
  if (lockFault !== undefined) throw new RunError('state_damaged', lockFault, { code: 'remove_lock_file' });
  if (holder === undefined) return;
  throw new RunError(
    'run_held',
    `The run of ${results} is under way: process ${holder.pid} on ${holder.host} works on it since ${holder.since}.`,
    { code: 'stop_then_undo' },
  );
}

/** Undoing elsewhere than it was done would attach what was never removed there. */
async function assertSameService(
  { terms, results }: JobEntry,
  flags: RunFlags,
  context: ProcessContext,
): Promise<void> {
  // A rehearsal changes nothing anywhere.
  if (isRehearsal(flags)) return;
  const { catalog, endpoint } = await runTargetOf(flags, targetContextOf(context));
  if (terms['catalog'] === catalog && terms['endpoint'] === endpoint) return;
  throw new RunError(
    'usage',
    `${results} was run on catalog ${terms['catalog'] ?? ''} at ${terms['endpoint'] ?? ''}; this command names ${catalog} at ${endpoint}.`,
    { code: 'undo_where_it_ran' },
  );
}

function noRun({ results, folder }: RunPlaces): RunError {
  const message = `There is no run of ${results}: ${folder} is not there, or holds none.`;
  return new RunError('input_unreadable', message, { code: 'put_folder_back' });
}
