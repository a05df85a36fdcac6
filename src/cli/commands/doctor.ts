import { dirname, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { stoppedBySignal } from '../../calls/stop/stop-reasons.ts';
import { createStopSwitch } from '../../calls/stop/stop-switch.ts';
import { tryPlace } from '../../disk/try-place.ts';
import { parseCatalog } from '../../model/catalog.ts';
import { RunError } from '../../model/run-error.ts';
import { CATALOGS } from '../../model/catalog.ts';
import { usablePerDay } from '../../pace/day-quota.ts';
import type { Check } from '../../run/doctor/check.ts';
import type { DoctorDependencies, DoctorOptions } from '../../run/doctor/examination.ts';
import { takeFromEnvironment, type Environment } from '../options/environment.ts';
import { addInputFlags } from '../options/input-flags.ts';
import { addReplaceFlags } from '../options/replace-flags.ts';
import { addRunFlags } from '../options/run-flags.ts';
import { asTyped } from '../options/values/reader.ts';
import { quota, seconds, wholeNumberOrNone, writtenFile } from '../options/values/amounts.ts';
import { targetContextOf } from '../options/target-context.ts';
import { optimizeLate } from '../process/optimize-late.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { checkForJson, describeCheck } from '../words/describe-check.ts';
import { helperWords } from '../words/progress/describe-helper.ts';
import { EXIT, exitCodeOf, type ExitCode } from '../words/hints/stop-codes.ts';

interface DoctorFlags {
  readonly catalog: string;
  readonly region: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly caBundle?: string;
  readonly output?: string;
  readonly dailyQuota: number | 'unlimited';
  readonly reserve: number;
  readonly timeout: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  oppsweep doctor                                    as things stand in this shell
  oppsweep doctor --profile sales --catalog AWS -o /data/people.results.csv

Exit codes: 0 a run would begin; 2 only another command or configuration mends it; 3 it passes, or can be mended elsewhere.
`;

/** `oppsweep doctor`: would a run work now? */
export function furnishDoctor(command: Command, context: ProcessContext, exit: (code: number) => void): void {
  command
    .description(
      'Looks at all that a run needs (AWS’s files, credentials, account, network, clock, quota, disk), a line each, and says what to do. Changes nothing; one opportunity is read.',
    )
    .option('--catalog <name>', 'AWS (live) or Sandbox', asTyped(CATALOGS), 'AWS')
    .option('--region <name>', 'AWS region', 'us-east-1')
    .option('--profile <name>', 'AWS profile, as in the AWS CLI')
    .option('--endpoint-url <url>', 'another endpoint, as in the AWS CLI')
    .option('--ca-bundle <file>', 'certificates to trust (default: as the AWS CLI finds them)')
    .addOption(new Option('-o, --output <file>', 'where results would be written').argParser(writtenFile))
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
    .addOption(new Option('--timeout <seconds>', 'of one call').argParser(seconds).default(30))
    .option('--json', 'print it as JSON on standard output')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: DoctorFlags) => {
      exit(await doctor(flags, context));
    });
}

async function doctor(flags: DoctorFlags, context: ProcessContext): Promise<ExitCode> {
  const { terminal, clock } = context;
  const { signal, stop } = createStopSwitch();
  context.onStopSignal((given) => stop(stoppedBySignal(given)));
  optimizeLate();
  // Imported here: the network's half of the program is slow to load.
  const { examine } = await import('../../run/doctor/examine.ts');
  const checks: Check[] = [];
  const tell = (check: Check): void => {
    checks.push(check);
    if (flags.json !== true) terminal.tell(describeCheck(check, clock.wallMs()));
  };
  const refused = refusedVariables(terminal.env);
  if (refused !== undefined) tell({ name: 'variables', state: 'unsound', error: refused });
  try {
    for await (const check of examine(optionsOf(flags), dependenciesOf(context, signal))) tell(check);
  } catch (error) {
    if (!signal.aborted || !(error instanceof RunError)) throw error;
    // It keeps nothing to go on with.
    terminal.err(`Stopped (${error.code}): not all was looked at.\n`);
    return exitCodeOf(error.code);
  }
  const exitCode = exitCodeFor(checks);
  if (flags.json === true) {
    const told = checks.map((check) => checkForJson(check, clock.wallMs()));
    terminal.out(`${JSON.stringify({ sound: exitCode === EXIT.settled, checks: told }, null, 2)}\n`);
  }
  return exitCode;
}

/** Judged as by the command that runs. */
function refusedVariables(env: Environment): RunError | undefined {
  try {
    takeFromEnvironment(addInputFlags(addReplaceFlags(addRunFlags(new Command()))), env);
    return undefined;
  } catch (error) {
    if (error instanceof RunError) return error;
    throw error;
  }
}

function optionsOf(flags: DoctorFlags): DoctorOptions {
  const { catalog, region, profile, endpointUrl, caBundle, output, dailyQuota, reserve, timeout } = flags;
  return {
    catalog: parseCatalog(catalog),
    region,
    profile,
    endpointUrl,
    caBundle,
    folder: output === undefined ? process.cwd() : dirname(resolve(output)),
    writesPerDay: usablePerDay(dailyQuota, reserve),
    timeoutMs: timeout * 1_000,
  };
}

function dependenciesOf(context: ProcessContext, signal: AbortSignal): DoctorDependencies {
  const { disk, clock, dice, quotas, version, terminal } = context;
  return {
    ...targetContextOf(context),
    quotas,
    clock,
    dice,
    userAgent: `oppsweep|${version}`,
    tryPlace: (folder) => tryPlace(folder, disk),
    signal,
    helperSlow: (profile) => terminal.err(helperWords(profile)),
  };
}

/** Faults that only the command or the configuration mends come first: waiting would not help. */
function exitCodeFor(checks: readonly Check[]): ExitCode {
  const codes = checks.flatMap((check) => (check.state === 'unsound' ? [exitCodeOf(check.error.code)] : []));
  if (codes.includes(EXIT.nothingSent)) return EXIT.nothingSent;
  return codes.length === 0 ? EXIT.settled : EXIT.stopped;
}
