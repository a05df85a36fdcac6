import type { Command } from 'commander';
import { fileSource } from '../input/read-file.ts';
import { openInput } from '../input/open-input.ts';
import { idealDuration } from '../pace/expected-finish.ts';
import { about, counted } from './amounts.ts';
import { describeInput } from './describe-input.ts';
import { EXIT } from './exit-codes.ts';
import { addInputFlags, inputOptionsOf, type InputFlags } from './input-flags.ts';
import { quota, rate, writtenFile } from './option-values.ts';
import { groupProblems, rowsIn, type ProblemGroup } from './problem-groups.ts';
import type { World } from './world.ts';
import { writeFixed, type FixedCounts } from './write-fixed.ts';

interface CheckFlags extends InputFlags {
  readonly rate: number | 'unlimited';
  readonly dailyQuota: number | 'unlimited';
  readonly fixed?: string;
  readonly json?: boolean;
}

/** `oppsweep check`: validates every row offline. */
export function addCheckCommand(program: Command, world: World, exit: (code: number) => void): void {
  const command = program
    .command('check')
    .summary('validate every row offline; no credentials, no network')
    .description('Reads the whole file, sends nothing, and says what is wrong with which rows.')
    .argument('<input>', 'CSV file (.gz too), or - for standard input')
    .option('--rate <n>', 'writes a second, for the estimate', rate, 1)
    .option('--daily-quota <n>', 'writes in any 24 hours, for the estimate', quota, 10_000)
    .option('--fixed <file>', 'write the file with its values cleaned', writtenFile)
    .option('--json', 'print what was understood, counts and problems as JSON on standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  oppsweep check people.csv\n  oppsweep check export.csv --entity-type AwsProducts\n  zcat big.csv.gz | oppsweep check -\n',
    );
  addInputFlags(command).action(async (inputPath: string, flags: CheckFlags) => {
    exit(await check(inputPath, flags, world));
  });
}

async function check(inputPath: string, flags: CheckFlags, world: World): Promise<number> {
  const source =
    inputPath === '-' ? { name: 'standard input', bytes: world.standardInput } : fileSource(inputPath);
  const input = await openInput(source, inputOptionsOf(flags));
  const groups = groupProblems();
  const fixed = flags.fixed === undefined ? undefined : await writeFixed(flags.fixed, input, world.disk);
  let fixedCounts: FixedCounts | undefined;
  try {
    for await (const batch of input.batches) {
      groups.add(batch);
      await fixed?.add(batch);
    }
    fixedCounts = await fixed?.finish();
  } finally {
    if (fixedCounts === undefined) await fixed?.abandon();
  }
  const tally = input.tally();
  const problems = groups.all();
  if (flags.json === true) {
    const { dialect, headerRow, columns } = input.understanding;
    const report = { understood: { ...dialect, headerRow, columns }, counts: tally, problems };
    world.terminal.out(`${JSON.stringify(report, null, 2)}\n`);
  }
  const durationMs = idealDuration(tally.valid, flags.rate, flags.dailyQuota);
  world.terminal.err(
    [
      describeInput(input.understanding, tally).trimEnd(),
      ...problems.flatMap(problemLines),
      tally.valid === 0
        ? `${tally.rows === 0 ? 'There is no row below the header' : 'No row can be sent'}.`
        : `A run would send ${counted(tally.valid, 'write')} and take ${about(durationMs)}.`,
      ...(fixedCounts === undefined ? [] : [fixedWords(flags.fixed ?? '', fixedCounts)]),
      '',
    ].join('\n'),
  );
  return tally.invalid === 0 ? EXIT.settled : EXIT.someNot;
}

function fixedWords(path: string, { corrected, open }: FixedCounts): string {
  const left = open === 0 ? 'no row is left to correct' : `${counted(open, 'row')} left to correct by hand`;
  return `Cleaned: ${path} (${counted(corrected, 'row')} corrected, ${left})`;
}

function problemLines({ kind, rows, ranges, examples }: ProblemGroup): string[] {
  const named = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ');
  const others = rows - rowsIn(ranges);
  const more = others > 0 ? ` and ${counted(others, 'more row')}` : '';
  return [
    `${kind}, ${counted(rows, 'row')}: ${named}${more}`,
    ...examples.map(({ row, message, suggestion }) => {
      const meant = suggestion === undefined ? '' : ` Did you mean ${suggestion}?`;
      return `  row ${row}: ${message}${meant}`;
    }),
  ];
}
