import type { Command } from 'commander';
import { addInputFlags, type InputFlags } from '../options/input-flags.ts';
import { runCommand } from './run-command.ts';
import { addRunFlags, type RunFlags } from '../options/run-flags.ts';
import { addRunNameFlag } from '../options/store-flags.ts';
import { fileJob } from '../options/file-job.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** `oppsweep associate`: the counterpart, same file, same results. */
export function furnishAssociate(
  command: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  command
    .description(
      'The counterpart of disassociate: same file, same results. What is associated already is left alone.',
    )
    .argument(
      '<input>',
      'CSV file (.gz too) with opportunity, entity type and entity identifier; - for standard input',
    )
    .addHelpText(
      'after',
      '\nExample:\n  oppsweep associate people.csv --catalog AWS -o people.associated.csv\n',
    );
  addInputFlags(addRunNameFlag(addRunFlags(command))).action(
    async (inputPath: string, flags: RunFlags & InputFlags) => {
      const job = { command: 'associate', operation: 'associate', planOnly: false } as const;
      exit(await runCommand(await fileJob(job, inputPath, flags, context), flags, context));
    },
  );
}
