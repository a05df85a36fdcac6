import { CHANGE_COLUMNS } from '../../model/result-columns.ts';
import type { Command } from 'commander';
import { createStopSwitch } from '../../calls/stop/stop-switch.ts';
import { stoppedBySignal } from '../../calls/stop/stop-reasons.ts';
import { fileSource } from '../../input/bytes/read-file.ts';
import type { InputOptions } from '../../input/open-input.ts';
import { comparedFile, optionsFor } from '../../export/compare/compared-file.ts';
import { compareFiles, type ChangeSink, type Comparing } from '../../export/compare/compare-files.ts';
import type { Change } from '../../export/compare/lay-side-by-side.ts';
import { openSortSpace } from '../../export/compare/sort-space.ts';
import { csvText, firstLine } from '../../results/csv-text.ts';
import { defuse } from '../../results/defuse.ts';
import { describeComparison, comparisonJson } from '../words/describe-comparison.ts';
import { EXIT } from '../words/hints/stop-codes.ts';
import { addTableFlags, tableOptionsOf, type TableFlags } from '../options/input-flags.ts';
import { writtenFile } from '../options/values/amounts.ts';
import { openNewFile, type NewFile } from '../process/new-file.ts';
import { lookAt, settleChoices } from '../screen/settle-choices.ts';
import { temporaryFolder } from '../process/temporary-folder.ts';
import type { ProcessContext } from '../process/process-context.ts';

interface CompareFlags extends TableFlags {
  readonly output?: string;
  readonly same?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `oppsweep compare`: what was added, removed and kept between two exports. Offline. */
export function furnishCompare(
  command: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  command
    .description(
      'Lays two files side by side, association by association, whatever the order of their rows. Takes exports and inputs; no credentials, no network.',
    )
    .argument('<before>', 'CSV file: an export, or any other input')
    .argument('<after>', 'the same, later')
    .option(
      '-o, --output <file>',
      'write a line for each association that was added or removed, as CSV',
      writtenFile,
    )
    .option('--same', 'with --output: lines for what both files hold, too')
    .option('--json', 'print the counts as JSON on standard output')
    .option('--quiet', 'print nothing but errors')
    .addHelpText('after', HELP);
  addTableFlags(command).action(async (before: string, after: string, flags: CompareFlags) => {
    exit(await compare({ before, after }, flags, context));
  });
}

const HELP = `
Examples:
  oppsweep compare before.csv after.csv
  oppsweep compare before.csv after.csv -o changes.csv

Exit codes: 0 equal; 1 different, or not all of it could be compared; 2 a file can't be read, or the two can't be
compared.
`;

async function compare(
  paths: { readonly before: string; readonly after: string },
  flags: CompareFlags,
  context: ProcessContext,
): Promise<number> {
  const { disk, terminal } = context;
  const stopSwitch = createStopSwitch();
  context.onStopSignal((signal) => stopSwitch.stop(stoppedBySignal(signal)));
  const world = { disk, signal: stopSwitch.signal };
  const options = await settledOptions(paths, tableOptionsOf(flags), context);
  const before = await comparedFile(paths.before, options, world);
  const after = await comparedFile(paths.after, options, world);
  const space = openSortSpace(temporaryFolder(terminal.env), disk);
  const comparing: Comparing = { before, after, space };
  const changes = changesFile(flags, paths.after, context);
  try {
    const comparison = await compareFiles(comparing, changes);
    const lines = await changes.finish();
    const told = { comparison, before, after, output: flags.output, lines };
    if (flags.json === true) terminal.out(`${JSON.stringify(comparisonJson(told), null, 2)}\n`);
    if (flags.quiet !== true) terminal.err(describeComparison(told));
    return comparison.equal ? EXIT.settled : EXIT.someNot;
  } finally {
    await changes.abandon();
    await space.close();
  }
}

/** What is chosen for the one file holds for the other, as the option would. */
async function settledOptions(
  { before, after }: { readonly before: string; readonly after: string },
  options: InputOptions,
  { terminal }: ProcessContext,
): Promise<InputOptions> {
  let settled = options;
  for (const path of [before, after]) {
    const lookAtIt = lookAt(path, () => fileSource(path).bytes);
    const look = (tried: InputOptions): Promise<void> => lookAtIt(optionsFor(path, tried));
    ({ options: settled } = await settleChoices({ name: path, look }, settled, terminal));
  }
  return settled;
}

/** As Excel opens it without being asked. */
const DIALECT = { delimiter: ',', lineEnding: '\r\n', bom: true } as const;

interface ChangesFile extends ChangeSink {
  /** Gives the file its name; the number of its lines. */
  readonly finish: () => Promise<number>;
  /** Leaves nothing of an unfinished one behind. */
  readonly abandon: () => Promise<void>;
}

function changesFile(
  { output, same }: CompareFlags,
  readableAs: string,
  { disk }: ProcessContext,
): ChangesFile {
  let file: NewFile | undefined;
  let lines = 0;
  const abandon = async (): Promise<void> => {
    const begun = file;
    file = undefined;
    await begun?.abandon();
  };
  return {
    begin: async () => {
      await abandon();
      lines = 0;
      if (output === undefined) return;
      file = await openNewFile(output, 'changes', readableAs, disk);
      await file.put(firstLine(CHANGE_COLUMNS, DIALECT));
    },
    add: async (changes) => {
      const wanted = same === true ? changes : changes.filter(({ kind }) => kind !== 'same');
      lines += wanted.length;
      if (wanted.length > 0) await file?.put(csvText(wanted.map(cellsOf), DIALECT));
    },
    finish: async () => {
      await file?.finish();
      file = undefined;
      return lines;
    },
    abandon,
  };
}

function cellsOf({ kind, opportunityId, type, entityId, rowBefore, rowAfter }: Change): readonly string[] {
  return [kind, opportunityId, type, defuse(entityId), String(rowBefore ?? ''), String(rowAfter ?? '')];
}
