import type { Command } from 'commander';
import { lookedAt } from '../../run/record/find-record.ts';
import { writtenFile } from '../options/values/amounts.ts';
import { addRunNameFlag, addStoreFlags } from '../options/store-flags.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { EXIT } from '../words/hints/stop-codes.ts';
import { writeReport, type ReportFlags } from './write-report.ts';

/** `oppsweep report`: a run as one page of HTML. */
export function furnishReport(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description(
      'Writes a page for those who weren’t there: what was done, by whom, when, which rows need somebody, and the proof. It loads nothing, opens by double click, and prints.',
    )
    .argument('<results>', 'the results of a run or a plan, its folder, or the partial results in it')
    .option(
      '-o, --output <file>',
      'the page (default: people.results.csv gives people.report.html beside it)',
      writtenFile,
    )
    .option('--quiet', 'print nothing but errors')
    .addHelpText('after', EXAMPLES);
  addRunNameFlag(addStoreFlags(command)).action(async (named: string, flags: ReportFlags) => {
    await lookedAt(writeReport(named, flags, context));
    exit(EXIT.settled);
  });
}

const EXAMPLES = `
Examples:
  oppsweep report people.results.csv                     writes people.report.html
  oppsweep report people.oppsweep -o so-far.html         of a run that is under way or stopped
  oppsweep report people.plan.csv                        of a plan

An earlier report of the same run is replaced, no other file. Without the run’s folder, the page says what it can’t know.
`;
