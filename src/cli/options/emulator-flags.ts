import { InvalidArgumentError, Option, type Command } from 'commander';
import {
  DEFAULT_EMULATOR_OPTIONS as DEFAULTS,
  parseFaultPlan,
  type EmulatorOptions,
} from '../../emulator/emulator.ts';
import { FAULT_KINDS } from '../../emulator/faults/fault-kinds.ts';
import type { FaultPlan } from '../../emulator/faults/fault-plan.ts';
import { REVIEW_STATUSES } from '../../emulator/partner/opportunity-details.ts';
import { quota, rate, secondsOrNone, wholeNumberOrNone } from './values/amounts.ts';
import { wordsOf } from './values/of-rows.ts';
import { reader, type Reader } from './values/reader.ts';

type Latency = EmulatorOptions['latency'];

/** The options of `emulator`, as commander gives them. */
export interface EmulatorFlags {
  readonly port: number;
  readonly seed?: string;
  readonly solutions?: string;
  readonly rate: number | 'unlimited';
  readonly readRate: number | 'unlimited';
  readonly dailyQuota: number | 'unlimited';
  readonly dailyReadQuota: number | 'unlimited';
  readonly latency: Latency;
  readonly readLag: number;
  readonly absent: EmulatorOptions['absent'];
  readonly statusCodes: EmulatorOptions['statusCodes'];
  readonly lockReview: readonly string[];
  readonly keepLastSolution?: boolean;
  readonly fault?: FaultPlan;
  readonly randomSeed: number;
}

export function addEmulatorFlags(command: Command): void {
  addStateFlags(command);
  addPaceFlags(command);
  addReadingFlags(command);
  addFaultFlags(command);
}

function addStateFlags(command: Command): void {
  command
    .addOption(new Option('--port <n>', '0: any that is free').argParser(port).default(0))
    .optionsGroup('What there is:')
    .option(
      '--seed <file>',
      'CSV of the associations that exist, in the input’s own format; an export is one',
    )
    .option('--solutions <file>', 'CSV of the solutions that ListSolutions answers');
}

function addPaceFlags(command: Command): void {
  command
    .optionsGroup('Quota and time:')
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
        .default(DEFAULTS.latency, '0'),
    )
    .addOption(
      new Option('--read-lag <seconds>', 'how far reads lag behind writes')
        .argParser(secondsOrNone)
        .default(0),
    );
}

function addReadingFlags(command: Command): void {
  command
    .optionsGroup('Where no document says what the service does:')
    .addOption(
      new Option('--absent <reading>', 'what removing an absent association answers')
        .choices(['not-found', 'ok', 'validation'])
        .default(DEFAULTS.absent),
    )
    .addOption(
      new Option('--status-codes <reading>', 'HTTP status of a client error')
        .choices(['400', 'traits'])
        .default(DEFAULTS.statusCodes),
    )
    .addOption(
      new Option('--lock-review <status,…>', 'review statuses that lock associations; "" locks none')
        .argParser(reviewStatuses())
        .default(DEFAULTS.lockReview, DEFAULTS.lockReview.join(',')),
    )
    .option(
      '--keep-last-solution',
      'refuse to remove the last of solutions, Marketplace solutions and Marketplace products at stages Committed and Launched',
    );
}

function addFaultFlags(command: Command): void {
  command
    .optionsGroup('What goes wrong:')
    .addOption(
      new Option('--fault <kind=p%,…>', 'faults to inject, such as throttle=5%,error=2%,reset=1%').argParser(
        reader(
          Object.keys(FAULT_KINDS).map((kind) => `${kind}=`),
          parseFaultPlan,
        ),
      ),
    )
    .addOption(
      new Option('--random-seed <n>', 'settles which calls meet a fault')
        .argParser(wholeNumberOrNone)
        .default(1),
    );
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It takes a port, from 0 to 65535.');
  return Number(text);
}

/** Of no status at all, too. */
function reviewStatuses(): Reader<readonly string[]> {
  const read = wordsOf(REVIEW_STATUSES);
  return reader(read.words, (text) => (text.trim() === '' ? [] : read(text)));
}

function latency(text: string): Latency {
  const [, mean, jitter = '0'] = /^(\d{1,6})(?:(?:±|\+-)(\d{1,6}))?$/.exec(text) ?? [];
  if (mean === undefined || Number(jitter) > Number(mean)) {
    throw new InvalidArgumentError('It takes milliseconds, such as 80, or 80±40.');
  }
  return { meanMs: Number(mean), jitterMs: Number(jitter) };
}
