import type { Command } from 'commander';
import { DEFAULT_EMULATOR_OPTIONS, startEmulator, type EmulatorOptions } from '../../emulator/emulator.ts';
import { fileSource } from '../../input/bytes/read-file.ts';
import { readState } from '../../run/request/read-seed.ts';
import { readSolutions } from '../../run/request/read-solutions.ts';
import { counted } from '../words/amounts.ts';
import { EMULATOR_HELP } from '../words/emulator-help.ts';
import { EXIT } from '../words/hints/stop-codes.ts';
import { addEmulatorFlags, type EmulatorFlags } from '../options/emulator-flags.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** `oppsweep emulator`: Partner Central on loopback, for rehearsal and tests. */
export function furnishEmulator(
  command: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  command.description(
    'Speaks the service’s wire on 127.0.0.1 until it is stopped. Prints where it listens and what to export.',
  );
  addEmulatorFlags(command);
  command.addHelpText('after', EMULATOR_HELP).action(async (flags: EmulatorFlags) => {
    exit(await serve(flags, context));
  });
}

async function serve(flags: EmulatorFlags, context: ProcessContext): Promise<number> {
  const solutions = flags.solutions === undefined ? undefined : await solutionsOf(flags.solutions);
  const emulator = await startEmulator({
    ...DEFAULT_EMULATOR_OPTIONS,
    ...flags,
    keepLastSolution: flags.keepLastSolution === true,
    seed: flags.seed === undefined ? [] : readState(flags.seed, solutions),
    solutions: solutions ?? [],
    readLagMs: flags.readLag * 1000,
    writesPerSecond: flags.rate,
    readsPerSecond: flags.readRate,
    writesPerDay: flags.dailyQuota,
    readsPerDay: flags.dailyReadQuota,
    faults: flags.fault ?? DEFAULT_EMULATOR_OPTIONS.faults,
    clock: context.clock,
  });
  const { accessKeyId, secretAccessKey } = emulator.credentials;
  context.terminal.err(
    `Listening on ${emulator.url}. Paste these where the calls are to come from; Ctrl-C ends it.\n`,
  );
  context.terminal.out(
    [
      `export AWS_ACCESS_KEY_ID=${accessKeyId}`,
      `export AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
      `export AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING=${emulator.url}`,
      '',
    ].join('\n'),
  );
  const signal = await new Promise<string>((resolve) => {
    context.onStopSignal(resolve);
  });
  await emulator.close();
  context.terminal.err(`${signal}: ${counted(emulator.counts().received, 'request')} were received.\n`);
  return EXIT.settled;
}

function solutionsOf(path: string): Promise<EmulatorOptions['solutions']> {
  return readSolutions(path, fileSource(path).bytes);
}
