import { Option, type Command } from 'commander';
import type { RowStatus } from '../../model/outcome.ts';
import type { MaxFailures } from '../../calls/stop/max-failures.ts';
import type { CallLimits } from '../../run/service/open-service.ts';
import {
  maxFailures,
  quota,
  rate,
  writtenFile,
  seconds,
  statuses,
  wholeNumber,
  wholeNumberOrNone,
} from './option-values.ts';

/** The options of a command that runs a job, as commander hands them over. */
export interface RunFlags {
  readonly output?: string;
  readonly catalog?: string;
  readonly region: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly caBundle?: string;
  readonly emulator?: boolean;
  readonly emulatorState?: string;
  readonly rate: number | 'unlimited';
  readonly readRate: number | 'unlimited';
  readonly dailyQuota: number | 'unlimited';
  readonly reserve: number;
  /** `--no-wait`. */
  readonly wait: boolean;
  readonly concurrency: number;
  readonly maxAttempts: number;
  readonly timeout: number;
  readonly maxFailures: MaxFailures;
  readonly limit?: number;
  readonly only?: readonly RowStatus[];
  /** `--no-preflight`. */
  readonly preflight: boolean;
  readonly protectLast?: boolean;
  readonly restart?: boolean;
  readonly useCopy?: boolean;
  readonly defuseAll?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** `--no-progress`. */
  readonly progress: boolean;
}

export function addRunFlags(command: Command): Command {
  addTargetFlags(command);
  addSafetyFlags(command);
  addPaceFlags(command);
  addStopFlags(command);
  return command
    .optionsGroup('What is shown:')
    .option('--json', 'print the summary as JSON on standard output')
    .option('--quiet', 'print nothing but errors')
    .option('--no-progress', 'no progress bar or progress lines')
    .option('--defuse-all', 'in the results, defuse formulas in the user’s own cells too');
}

function addTargetFlags(command: Command): void {
  command
    .optionsGroup('Where:')
    .addOption(
      new Option(
        '-o, --output <file>',
        'results (default: people.csv gives people.results.csv beside it)',
      ).argParser(writtenFile),
    )
    .option('--catalog <name>', 'AWS (live) or Sandbox; required')
    .option('--region <name>', 'AWS region', 'us-east-1')
    .option('--profile <name>', 'AWS profile, as in the AWS CLI')
    .option('--endpoint-url <url>', 'another endpoint, as in the AWS CLI')
    .option('--ca-bundle <file>', 'certificates to trust (default: as the AWS CLI finds them)')
    .option('--emulator', 'rehearse against an emulator in this process: nothing leaves the machine')
    .option(
      '--emulator-state <file>',
      'CSV of the associations that exist there (default: every valid row’s)',
    );
}

function addPaceFlags(command: Command): void {
  command
    .optionsGroup('Pace:')
    .addOption(new Option('--rate <n>', 'writes a second, or "unlimited"').argParser(rate).default(1))
    .addOption(new Option('--read-rate <n>', 'reads a second, or "unlimited"').argParser(rate).default(10))
    .addOption(
      new Option('--daily-quota <n>', 'writes in any 24 hours, or "unlimited"')
        .argParser(quota)
        .default(10_000),
    )
    .addOption(
      new Option('--reserve <n>', 'how much of that to leave to other tools')
        .argParser(wholeNumberOrNone)
        .default(0),
    )
    .option('--no-wait', 'stop, resumable, when the daily quota is used up, rather than sleep')
    .addOption(new Option('--concurrency <n>', 'calls in flight at most').argParser(wholeNumber).default(16))
    .addOption(new Option('--max-attempts <n>', 'tries of one call').argParser(wholeNumber).default(5))
    .addOption(new Option('--timeout <seconds>', 'of one try').argParser(seconds).default(30));
}

function addSafetyFlags(command: Command): void {
  command
    .optionsGroup('What is sent:')
    .addOption(
      new Option('--limit <n>', 'the first n rows not yet done, then stop, resumable').argParser(wholeNumber),
    )
    .addOption(
      new Option(
        '--only <status,…>',
        'where the input is a results file: only its rows of these statuses',
      ).argParser(statuses),
    )
    .option('--no-preflight', 'do not read opportunities before writing')
    .option('--protect-last', 'do not remove an opportunity’s last entity of its type')
    .option('--yes', 'no question before a run on catalog AWS');
}

function addStopFlags(command: Command): void {
  command
    .optionsGroup('Stopping and going on:')
    .addOption(
      new Option(
        '--max-failures <n|p%>',
        'stop, resumable, past it (a share counts once 100 rows are answered)',
      )
        .argParser(maxFailures)
        .default({ kind: 'percent', percent: 50 } satisfies MaxFailures, '50%'),
    )
    .option('--restart', 'rename an earlier run’s results and begin again')
    .option('--use-copy', 'go on with the run’s own copy of an input that has changed since');
}

export function callLimitsOf(flags: RunFlags): CallLimits {
  return {
    writesPerSecond: flags.rate,
    readsPerSecond: flags.readRate,
    writesPerDay: flags.dailyQuota,
    reserve: flags.reserve,
    waitForQuota: flags.wait,
    concurrency: flags.concurrency,
    timeoutMs: flags.timeout * 1_000,
  };
}
