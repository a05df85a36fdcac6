import type { Command } from 'commander';
import { fileSource } from '../../../input/bytes/read-file.ts';
import type { InputOptions } from '../../../input/columns/input-options.ts';
import { openInput, type OpenInput } from '../../../input/open-input.ts';
import { countsOf } from '../../../input/rows/input-tally.ts';
import { UnclearRows } from '../../../input/unclear-rows.ts';
import { RunError } from '../../../model/run-error.ts';
import { assertOneReplacement, offlinePairs } from '../../../run/request/offline-pairs.ts';
import { idealDuration } from '../../../pace/expected-finish.ts';
import { about, counted } from '../../words/amounts.ts';
import type { CheckedFile } from './checked-file.ts';
import { describeInput } from '../../words/describe-input.ts';
import { commandLine } from '../../words/hints/shell-words.ts';
import { EXIT } from '../../words/hints/stop-codes.ts';
import { addReplaceFlags, type ReplaceFlags } from '../../options/replace-flags.ts';
import { addInputFlags, inputOptionsOf, type InputFlags } from '../../options/input-flags.ts';
import { quota, rate, writtenFile } from '../../options/values/amounts.ts';
import { problemSentence } from '../../../results/describe-outcome.ts';
import { groupProblems, rowsIn, type ProblemGroup, type ProblemGroups } from '../../words/problem-groups.ts';
import { lookAt, settleChoices } from '../../screen/settle-choices.ts';
import type { ProcessContext } from '../../process/process-context.ts';
import { writeFixed, type FixedFile } from './write-fixed.ts';
import { writeProblems } from './write-problems.ts';

interface CheckFlags extends InputFlags, ReplaceFlags {
  readonly rate: number | 'unlimited';
  readonly dailyQuota: number | 'unlimited';
  readonly fixed?: string;
  readonly acceptSuggestions?: boolean;
  readonly problems?: string;
  readonly json?: boolean;
}

/** `oppsweep check`: validates every row offline. */
export function furnishCheck(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description('Reads the whole file, sends nothing, and says what is wrong with which rows.')
    .argument('<input>', 'CSV file (.gz too), or - for standard input')
    .option('--rate <n>', 'writes a second, for the estimate', rate, 1)
    .option('--daily-quota <n>', 'writes in any 24 hours, for the estimate', quota, 10_000)
    .option('--fixed <file>', 'write the file with its values cleaned', writtenFile)
    .option('--accept-suggestions', 'with --fixed: take the one "did you mean" of each problem, and list it')
    .option('--problems <file>', 'write a line for every problem of every row, as CSV', writtenFile)
    .option('--json', 'print what was understood, counts and problems as JSON on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  oppsweep check people.csv\n  oppsweep check export.csv --entity-type AwsProducts\n  zcat big.csv.gz | oppsweep check -\n',
    );
  addReplaceFlags(addInputFlags(command)).action(async (inputPath: string, flags: CheckFlags) => {
    exit(await check(inputPath, flags, context));
  });
}

async function check(inputPath: string, flags: CheckFlags, context: ProcessContext): Promise<number> {
  const source =
    inputPath === '-' ? { name: 'standard input', bytes: context.standardInput } : fileSource(inputPath);
  const look = lookAt(source.name, () => fileSource(inputPath).bytes);
  const asked = await checkedOptionsOf(flags);
  const { options, words } =
    inputPath === '-'
      ? { options: asked, words: [] }
      : await settleChoices({ name: source.name, look }, asked, context.terminal);
  const input = await openInput(source, options);
  const groups = groupProblems();
  const { fixed, all } = await filesOf(flags, input, context);
  const written = await readThrough(input, all, groups);
  const tally = input.tally();
  const problems = groups.all();
  if (flags.json === true) {
    const { dialect, headerRow, columns } = input.table;
    const report = {
      understood: { ...dialect, headerRow, columns },
      counts: countsOf(tally),
      problems,
      ...(flags.acceptSuggestions === true && { accepted: fixed?.accepted() }),
    };
    context.terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  }
  const writes = tally.valid + tally.replacing;
  const durationMs = idealDuration(writes, flags.rate, flags.dailyQuota);
  context.terminal.err(
    [
      describeInput(input.table, tally).trimEnd(),
      ...problems.flatMap(problemLines),
      tally.valid === 0
        ? tally.rows === 0
          ? 'It has no rows: there is nothing to do.'
          : 'No row can be sent.'
        : `A run would send ${counted(writes, 'write')} and take ${about(durationMs)}.`,
      ...(tally.notLookedUp === 0
        ? []
        : [`Names are looked up by ${planCommand(inputPath, [...words, ...replaceWords(flags)])}.`]),
      ...written,
      '',
    ].join('\n'),
  );
  return tally.invalid === 0 ? EXIT.settled : EXIT.someNot;
}

/** Reads only, and so may be asked before a run. */
function planCommand(file: string, words: readonly string[]): string {
  return commandLine({ command: 'plan', file, words: [...words, '--catalog', 'AWS'] });
}

function replaceWords({ replaceWith }: ReplaceFlags): readonly string[] {
  return replaceWith === undefined ? [] : ['--replace-with', replaceWith];
}

/** A map that the service tells is not known here. */
async function checkedOptionsOf(flags: CheckFlags): Promise<InputOptions> {
  assertOneReplacement(flags);
  const { replaceWith, replaceMap } = flags;
  const pairs = replaceMap === undefined ? undefined : await offlinePairs(replaceMap);
  return { ...inputOptionsOf(flags), replaceWith, replaceMap: pairs };
}

async function filesOf(
  flags: CheckFlags,
  input: OpenInput,
  context: ProcessContext,
): Promise<{ readonly fixed: FixedFile | undefined; readonly all: readonly CheckedFile[] }> {
  const { fixed, problems, acceptSuggestions = false } = flags;
  if (acceptSuggestions && fixed === undefined) {
    throw new RunError('usage', '--accept-suggestions changes a cleaned file, and none is asked for.', {
      code: 'name_cleaned_file',
    });
  }
  if (fixed !== undefined && fixed === problems) {
    throw new RunError('usage', `${fixed} is given for --fixed and for --problems.`, {
      code: 'name_two_files',
    });
  }
  const files: CheckedFile[] = [];
  try {
    const fixedFile =
      fixed === undefined ? undefined : await writeFixed(fixed, input, acceptSuggestions, context.disk);
    if (fixedFile !== undefined) files.push(fixedFile);
    if (problems !== undefined) files.push(await writeProblems(problems, input, context.disk));
    return { fixed: fixedFile, all: files };
  } catch (error) {
    await Promise.all(files.map((file) => file.abandon()));
    await input.close();
    throw error;
  }
}

/** Gives a line for each file that was written; of an input that can't be read to its end, none is. */
async function readThrough(
  input: OpenInput,
  files: readonly CheckedFile[],
  groups: ProblemGroups,
): Promise<readonly string[]> {
  const unclear = new UnclearRows(input.table.name);
  let read = false;
  try {
    for await (const batch of input.batches) {
      for (const row of batch) unclear.see(row);
      groups.add(batch);
      for (const file of files) await file.add(batch);
    }
    unclear.assertNone(input.tally().told);
    read = true;
  } finally {
    if (!read) await Promise.all(files.map((file) => file.abandon()));
  }
  const lines: string[] = [];
  for (const file of files) lines.push(await file.finish());
  return lines;
}

function problemLines({ kind, rows, ranges, examples }: ProblemGroup): string[] {
  const named = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
  const others = rows - rowsIn(ranges);
  const more = others > 0 ? ` and ${counted(others, 'more row')}` : '';
  return [
    `${kind}, ${counted(rows, 'row')}: ${named}${more}`,
    ...examples.map((example) => `  row ${example.row}: ${problemSentence(example)}`),
    ...(rows > examples.length && examples.length > 1 ? ['  … (--problems FILE lists them all)'] : []),
  ];
}
