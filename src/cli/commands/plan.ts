import type { Command } from 'commander';
import { addInputFlags, type InputFlags } from '../options/input-flags.ts';
import { runCommand } from './run-command.ts';
import { addReplaceFlags, ALL_LINES, type ReplaceFlags } from '../options/replace-flags.ts';
import { addRunFlags, hideOptions, tellOutput, type RunFlags } from '../options/run-flags.ts';
import { addRunNameFlag } from '../options/store-flags.ts';
import { fileJob } from '../options/file-job.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** A plan asks nothing, waits for no quota of writes, and has to read. */
const OF_WRITES_ALONE = ['--yes', '--no-wait', '--no-preflight'];

type PlanFlags = RunFlags & InputFlags & ReplaceFlags & { readonly associate?: boolean };

const PLAN = { command: 'plan', operation: 'disassociate', planOnly: true } as const;
const PLAN_OF_ASSOCIATE = { ...PLAN, operation: 'associate', planned: { command: 'associate' } } as const;

/** `oppsweep plan`: reads, and tells what a run would do. */
export function furnishPlan(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description(
      'Reads each opportunity and writes a plan in the form of the results (people.plan.csv), with what a run would cost and when it would end. Changes nothing. The plan is itself an input.',
    )
    .argument('<input>', 'CSV file, as for disassociate')
    .addHelpText(
      'after',
      `
Examples:
  oppsweep plan people.csv --catalog AWS                 reads, and writes people.plan.csv: look at it
  oppsweep disassociate people.plan.csv --catalog AWS    does what the plan tells
  oppsweep plan people.csv --associate --catalog AWS     the same before an associate

--rate, --daily-quota and --reserve are those of the run that is planned. Exit code 1: some rows can't be sent, or failed.
`,
    );
  command.option('--associate', 'plan an associate, rather than a disassociate');
  const meant = addReplaceFlags(addInputFlags(addRunNameFlag(addRunFlags(command))));
  hideOptions(tellOutput(meant, 'the plan', 'people.csv gives people.plan.csv'), OF_WRITES_ALONE)
    .option(...ALL_LINES)
    .action(async (inputPath: string, flags: PlanFlags) => {
      const job = flags.associate === true ? PLAN_OF_ASSOCIATE : PLAN;
      exit(await runCommand(await fileJob(job, inputPath, flags, context), flags, context));
    });
}
