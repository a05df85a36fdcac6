import type { Command } from 'commander';
import { addInputFlags, type InputFlags } from '../options/input-flags.ts';
import { runCommand } from './run-command.ts';
import { addReplaceFlags, ALL_LINES, type ReplaceFlags } from '../options/replace-flags.ts';
import { addRunFlags, type RunFlags } from '../options/run-flags.ts';
import { addRunNameFlag } from '../options/store-flags.ts';
import { fileJob, jobOfStore } from '../options/file-job.ts';
import type { ProcessContext } from '../process/process-context.ts';

const EXAMPLES = `
Examples:
  oppsweep disassociate people.csv --emulator            rehearse; nothing leaves the machine
  oppsweep disassociate people.csv --catalog Sandbox     the isolated test catalog
  oppsweep disassociate people.csv --catalog AWS --limit 5
                                                         live data, five rows to begin with
  oppsweep disassociate people.csv --catalog AWS         the rest; stopped, the same command goes on
  oppsweep disassociate people.results.csv --only failed,unknown --catalog AWS
                                                         the rows that failed, again
  oppsweep disassociate people.csv --catalog AWS --store postgres://ann@db/runs
                                                         kept in PostgreSQL: goes on anywhere, without the file:
  oppsweep disassociate --run people --catalog AWS --store postgres://ann@db/runs
`;

/** `oppsweep disassociate`: the main job. */
export function furnishDisassociate(
  command: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  command
    .description(
      'Removes one association a row, at the service’s pace, and accounts for every row. A row with a replacement has it attached first.',
    )
    .argument(
      '[input]',
      'CSV file (.gz too) with opportunity, entity type and entity identifier; - for standard input; needless for a run that a store has',
    )
    .addHelpText('after', EXAMPLES);
  const meant = addReplaceFlags(addInputFlags(addRunNameFlag(addRunFlags(command))));
  meant
    .option(...ALL_LINES)
    .action(async (inputPath: string | undefined, flags: RunFlags & InputFlags & ReplaceFlags) => {
      const job = { command: 'disassociate', operation: 'disassociate', planOnly: false } as const;
      if (inputPath === undefined && flags.run !== undefined) {
        exit(await runCommand(jobOfStore(job, flags.run, flags), { ...flags, useCopy: true }, context));
      } else if (inputPath === undefined) {
        command.error("error: missing required argument 'input'");
      } else {
        exit(await runCommand(await fileJob(job, inputPath, flags, context), flags, context));
      }
    });
}
