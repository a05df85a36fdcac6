import type { Command } from 'commander';
import { addInputFlags, type InputFlags } from '../options/input-flags.ts';
import { runCommand } from './run-command.ts';
import { addRunFlags, type RunFlags } from '../options/run-flags.ts';
import { fileJob } from '../options/file-job.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** `oppsweep plan`: what a run would do, by reading alone. */
export function addPlanCommand(
  program: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  const command = program
    .command('plan')
    .summary('tell what a run would do to each row; reads only')
    .description(
      'Reads each opportunity and writes a plan in the form of the results (people.plan.csv), with what a run would cost and when it would end. Changes nothing. The plan is itself an input.',
    )
    .argument('<input>', 'CSV file, as for disassociate')
    .addHelpText(
      'after',
      '\nExample:\n  oppsweep plan people.csv --catalog AWS && oppsweep disassociate people.plan.csv --catalog AWS\n',
    );
  addInputFlags(addRunFlags(command)).action(async (inputPath: string, flags: RunFlags & InputFlags) => {
    const job = { command: 'plan', operation: 'disassociate', planOnly: true } as const;
    exit(await runCommand(await fileJob(job, inputPath, flags, context), flags, context));
  });
}
