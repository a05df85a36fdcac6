import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  DEFAULT_EMULATOR_OPTIONS,
  parseFaultPlan,
  startEmulator,
  type EmulatorOptions,
} from '../../emulator/emulator.ts';
import { REVIEW_STATUSES } from '../../emulator/partner/opportunity-details.ts';
import { fileSource } from '../../input/bytes/read-file.ts';
import { readSeed } from '../../run/read-seed.ts';
import { readSolutions } from '../../run/read-solutions.ts';
import { counted } from '../words/amounts.ts';
import { EXIT } from '../words/stop-codes.ts';
import { quota, rate, seconds, wholeNumberOrNone } from '../options/option-values.ts';
import type { ProcessContext } from '../process/process-context.ts';

type Defaults = typeof DEFAULT_EMULATOR_OPTIONS;

interface EmulatorFlags {
  readonly port: number;
  readonly seed?: string;
  readonly solutions?: string;
  readonly rate: number | 'unlimited';
  readonly readRate: number | 'unlimited';
  readonly dailyQuota: number | 'unlimited';
  readonly dailyReadQuota: number | 'unlimited';
  readonly latency: Defaults['latency'];
  readonly readLag: number;
  readonly absent: Defaults['absent'];
  readonly statusCodes: Defaults['statusCodes'];
  readonly lockReview: readonly string[];
  readonly keepLastSolution?: boolean;
  readonly fault?: string;
  readonly randomSeed: number;
}

/** `oppsweep emulator`: Partner Central on loopback, for rehearsal and tests. */
export function addEmulatorCommand(
  program: Command,
  context: ProcessContext,
  exit: (code: number) => void,
): void {
  const defaults = DEFAULT_EMULATOR_OPTIONS;
  program
    .command('emulator')
    .summary('Partner Central on loopback, for rehearsal and tests')
    .description(
      'Speaks the service’s wire on 127.0.0.1 until it is stopped. Prints where it listens and what to export.',
    )
    .addOption(new Option('--port <n>', '0: any that is free').argParser(port).default(0))
    .option(
      '--seed <file>',
      'CSV of the associations that exist, in the input’s own format; an export is one',
    )
    .option('--solutions <file>', 'CSV of the solutions that ListSolutions answers')
    .addOption(new Option('--rate <n>', 'writes a second, or "unlimited"').argParser(rate).default(1))
    .addOption(new Option('--read-rate <n>', 'reads a second, or "unlimited"').argParser(rate).default(10))
    .addOption(
      new Option('--daily-quota <n>', 'writes in any 24 hours, or "unlimited"')
        .argParser(quota)
        .default(10_000),
    )
    .addOption(
      new Option('--daily-read-quota <n>', 'reads in any 24 hours, or "unlimited"')
        .argParser(quota)
        .default(100_000),
    )
    .addOption(
      new Option('--latency <ms>', 'of an answer, such as 80 or 80±40')
        .argParser(latency)
        .default(defaults.latency, '0'),
    )
    .addOption(
      new Option('--read-lag <seconds>', 'how far reads lag behind writes')
        .argParser(secondsOrNone)
        .default(0),
    )
    .addOption(
      new Option('--absent <reading>', 'what removing an absent association answers')
        .choices(['not-found', 'ok', 'validation'])
        .default(defaults.absent),
    )
    .addOption(
      new Option('--status-codes <reading>', 'HTTP status of a client error')
        .choices(['400', 'traits'])
        .default(defaults.statusCodes),
    )
    .addOption(
      new Option('--lock-review <status,…>', 'review statuses that lock associations')
        .argParser(reviewStatuses)
        .default(defaults.lockReview, defaults.lockReview.join(',')),
    )
    .option(
      '--keep-last-solution',
      'refuse to remove the last of solutions, Marketplace solutions and products',
    )
    .option('--fault <kind=p%,…>', 'faults to inject, such as throttle=5%,error=2%,reset=1%')
    .addOption(
      new Option('--random-seed <n>', 'settles which calls meet a fault')
        .argParser(wholeNumberOrNone)
        .default(1),
    )
    .addHelpText(
      'after',
      '\nExample:\n  oppsweep emulator --seed people.csv --rate 50 --latency 80±40 --fault throttle=5%,reset=1%\n',
    )
    .action(async (flags: EmulatorFlags) => {
      exit(await serve(flags, context));
    });
}

async function serve(flags: EmulatorFlags, context: ProcessContext): Promise<number> {
  const emulator = await startEmulator({
    ...DEFAULT_EMULATOR_OPTIONS,
    ...flags,
    keepLastSolution: flags.keepLastSolution === true,
    seed: flags.seed === undefined ? [] : seedOf(flags.seed),
    solutions: flags.solutions === undefined ? [] : await solutionsOf(flags.solutions),
    readLagMs: flags.readLag * 1000,
    writesPerSecond: flags.rate,
    readsPerSecond: flags.readRate,
    writesPerDay: flags.dailyQuota,
    readsPerDay: flags.dailyReadQuota,
    faults: parseFaultPlan(flags.fault ?? ''),
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

function seedOf(path: string): EmulatorOptions['seed'] {
  return readSeed({ name: path, read: () => fileSource(path).bytes, options: {} });
}

function solutionsOf(path: string): Promise<EmulatorOptions['solutions']> {
  return readSolutions(path, fileSource(path).bytes);
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It takes a port, from 0 to 65535.');
  return Number(text);
}

function reviewStatuses(text: string): readonly string[] {
  const words = text.split(',').map((part) => part.trim());
  return words
    .filter((word) => word !== '')
    .map((word) => {
      const status = REVIEW_STATUSES.find((known) => known.toLowerCase() === word.toLowerCase());
      if (status !== undefined) return status;
      throw new InvalidArgumentError(
        `"${word}" is no review status. There are ${REVIEW_STATUSES.join(', ')}.`,
      );
    });
}

function secondsOrNone(text: string): number {
  return Number(text) === 0 && text !== '' ? 0 : seconds(text);
}

function latency(text: string): Defaults['latency'] {
  const [, mean, jitter = '0'] = /^(\d{1,6})(?:(?:±|\+-)(\d{1,6}))?$/.exec(text) ?? [];
  if (mean === undefined || Number(jitter) > Number(mean)) {
    throw new InvalidArgumentError('It takes milliseconds, such as 80, or 80±40.');
  }
  return { meanMs: Number(mean), jitterMs: Number(jitter) };
}
