import { Option, type Command } from 'commander';
import { DEFAULT_RUN_OPTIONS as DEFAULTS, type RunOptions } from '../../run/request/run-options.ts';
import { CATALOGS } from '../../model/catalog.ts';
import { addStoreFlags, type StoreFlags } from './store-flags.ts';
import {
  dailyReadQuota,
  maxFailures,
  minutes,
  hours,
  minutesOrNone,
  quota,
  rate,
  writtenFile,
  seconds,
  secondsOrNone,
  wholeNumber,
  wholeNumberOrNone,
} from './values/amounts.ts';
import { statuses } from './values/of-rows.ts';
import { asTyped } from './values/reader.ts';

/** The options of a command that runs a job, as commander hands them over. */
export interface RunFlags extends RunOptions, StoreFlags {
  readonly yes?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Write a report beside the results once they are finished. */
  readonly report?: boolean;
  /** `--no-progress`. */
  readonly progress: boolean;
  /** Minutes, without a terminal. */
  readonly progressEvery: number;
  /** A dated log of everything, beside what is on the screen. */
  readonly logFile?: string;
  readonly logFormat?: 'text' | 'json';
  /** A shell line that is run at events. */
  readonly onEvent?: string;
}

export function addRunFlags(command: Command): Command {
  addTargetFlags(command);
  addSafetyFlags(command);
  addPaceFlags(command);
  addStopFlags(command);
  addStoreFlags(command);
  return command
    .optionsGroup('What is shown:')
    .option('--report', 'write the report (HTML) beside the results at the end')
    .option('--json', 'print the summary as JSON on standard output')
    .option('--quiet', 'print nothing but errors')
    .option('--no-progress', 'no progress bar or progress lines')
    .addOption(
      new Option(
        '--progress-every <minutes>',
        'without a terminal: how often a line says where the run stands; a change is told at once',
      )
        .argParser(minutes)
        .default(10),
    )
    .option('--log-file <file>', 'a dated log of everything, beside what is on the screen; appended to')
    .addOption(new Option('--log-format <format>', 'of the log (default: text)').choices(['text', 'json']))
    .option(
      '--on-event <command>',
      'a shell line, run when the run starts, waits for quota, goes on, stops, finishes, …, with JSON on its standard input; 30 seconds each, and 30 for all that are left at the end',
    )
    .option('--defuse-all', 'in the results, defuse formulas in the user’s own cells too');
}

export function outageWaitFlag(): Option {
  return new Option('--outage-wait <minutes>', 'how long a service that answers nobody is waited for')
    .argParser(minutesOrNone)
    .default(DEFAULTS.outageWait);
}

/** Tells in the help how the results of a command are called, where that is not as a run's are. */
export function tellOutput(command: Command, what: string, named: string): Command {
  const output = command.options.find(({ long }) => long === '--output');
  if (output !== undefined) output.description = `${what} (default: ${named} beside it)`;
  return command;
}

/** Leaves options out of the help, where they are taken and mean nothing. */
export function hideOptions(command: Command, longs: readonly string[]): Command {
  for (const option of command.options) if (longs.includes(option.long ?? '')) option.hideHelp();
  return command;
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
    .option('--catalog <name>', 'AWS (live) or Sandbox; required', asTyped(CATALOGS))
    .option('--region <name>', 'AWS region', DEFAULTS.region)
    .option('--profile <name>', 'AWS profile, as in the AWS CLI')
    .option('--endpoint-url <url>', 'another endpoint, as in the AWS CLI')
    .option('--ca-bundle <file>', 'certificates to trust (default: as the AWS CLI finds them)')
    .option('--emulator', 'rehearse against an emulator in this process: nothing leaves the machine')
    .option(
      '--emulator-state <file>',
      'CSV of the associations that exist there (default: those that the rows are to change)',
    )
    .option(
      '--emulator-solutions <file>',
      'CSV of the solutions that ListSolutions answers there, such as Id, Name (default: none)',
    )
    .option('--real-time', 'rehearse at the real run’s pace, rather than as fast as the machine can');
}

function addPaceFlags(command: Command): void {
  command
    .optionsGroup('Pace:')
    .addOption(
      new Option('--rate <n>', 'writes a second, or "unlimited"').argParser(rate).default(DEFAULTS.rate),
    )
    .addOption(
      new Option('--read-rate <n>', 'reads a second, or "unlimited"')
        .argParser(rate)
        .default(DEFAULTS.readRate),
    )
    .addOption(
      new Option('--daily-quota <n>', 'writes in any 24 hours, or "unlimited"')
        .argParser(quota)
        .default(DEFAULTS.dailyQuota),
    )
    .addOption(dailyReadQuota())
    .addOption(
      new Option('--reserve <n>', 'how much of that to leave to other tools')
        .argParser(wholeNumberOrNone)
        .default(DEFAULTS.reserve),
    )
    .option('--no-wait', 'stop, resumable, when the daily quota is used up, rather than sleep')
    .addOption(
      new Option(
        '--concurrency <n>',
        'calls in flight at most (default: 16, more where the rate needs it)',
      ).argParser(wholeNumber),
    )
    .addOption(
      new Option('--max-attempts <n>', 'tries of one call')
        .argParser(wholeNumber)
        .default(DEFAULTS.maxAttempts),
    )
    .addOption(new Option('--timeout <seconds>', 'of one try').argParser(seconds).default(DEFAULTS.timeout));
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
    .option(
      '--detach-first',
      'where a replacement has no place: detach the old one, attach the new, and the old again if that is refused',
    )
    .option('--protect-last', 'do not remove an opportunity’s last entity of its type')
    .addOption(
      new Option(
        '--read-lag <seconds>',
        'how far reads may lag behind writes (default: 3; none with --emulator)',
      ).argParser(secondsOrNone),
    )
    .option('--skip-locked', 'leave out rows whose opportunity is Submitted or In review')
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
        .default(DEFAULTS.maxFailures, '50%'),
    )
    .addOption(outageWaitFlag())
    .addOption(
      new Option(
        '--wait-for-credentials <hours>',
        'how long to wait for a new sign-in once it has ended (default: not at all)',
      ).argParser(hours),
    )
    .option('--restart', 'rename an earlier run’s results and begin again')
    .option('--use-copy', 'go on with the run’s own copy of an input that has changed since');
}
