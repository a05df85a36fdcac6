import { InvalidArgumentError, type Command, type Option } from 'commander';
import { showValue } from '../../input/values/show-value.ts';
import { RunError } from '../../model/run-error.ts';
import { shellWords } from '../words/hints/shell-words.ts';
import { closest } from '../../input/values/closest.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'OPPSWEEP_';
/** Variables that are no option: for finding faults, and for wrappers. */
const OTHERS: ReadonlySet<string> = new Set(['OPPSWEEP_DEBUG', 'OPPSWEEP_CALLED_AS', 'OPPSWEEP_PROGRAM']);

/** Options that say how work is done, and whether their value may be shown: one may hold a password. */
const HOW: Readonly<Record<string, 'shown' | 'hidden'>> = {
  catalog: 'shown',
  region: 'shown',
  profile: 'shown',
  'endpoint-url': 'hidden',
  'ca-bundle': 'shown',
  rate: 'shown',
  'read-rate': 'shown',
  'daily-quota': 'shown',
  'daily-read-quota': 'shown',
  reserve: 'shown',
  'no-wait': 'shown',
  concurrency: 'shown',
  'max-attempts': 'shown',
  'max-failures': 'shown',
  timeout: 'shown',
  'real-time': 'shown',
  'outage-wait': 'shown',
  'wait-for-credentials': 'shown',
  'read-lag': 'shown',
  store: 'hidden',
  'store-timeout': 'shown',
  'log-file': 'shown',
  'log-format': 'shown',
  'on-event': 'hidden',
  quiet: 'shown',
  'no-progress': 'shown',
  'progress-every': 'shown',
};

/**
 * Gives a command the options that the environment has for it; its command line wins. Answers what is in force, as it may
 * be shown.
 *
 * @throws RunError `usage` for a variable that says what is done, or whose value or name is none
 */
export function takeFromEnvironment(command: Command, env: Environment): readonly string[] {
  const named = byVariable(command.options);
  const inForce: string[] = [];
  for (const [variable, value] of given(env)) {
    const option = named.get(variable);
    if (option === undefined) refuseSlip(variable, [...named.keys()]);
    else if (take(command, option, value)) inForce.push(shown(variable, value));
  }
  return inForce;
}

/** Whether the environment has variables that look like ours and name no option of the command. */
export function hasOthers(command: Command, env: Environment): boolean {
  const named = byVariable(command.options);
  return given(env).some(([variable]) => !named.has(variable) && HOW[optionName(variable)] === undefined);
}

/**
 * Refuses what says what any command does: it does nothing for one that has no such option, and whoever has set it may think otherwise.
 * Answers a line for each that no option has.
 *
 * @throws RunError `usage`
 */
export function refuseOthers(options: readonly Option[], env: Environment): readonly string[] {
  const named = byVariable(options);
  const unheard: string[] = [];
  for (const [variable] of given(env)) {
    const option = named.get(variable);
    if (option !== undefined) refuseWhat(variable, option);
    else if (HOW[optionName(variable)] === undefined) {
      unheard.push(`${variable} does nothing: no option has it.${slipIn(variable)}\n`);
    }
  }
  return unheard;
}

function byVariable(options: readonly Option[]): ReadonlyMap<string, Option> {
  return new Map(options.map((option) => [variableOf(option), option]));
}

/** Ours, as it seems, and not empty. */
function given(env: Environment): readonly (readonly [string, string])[] {
  return Object.entries(env).flatMap(([variable, value = '']) =>
    variable.startsWith(PREFIX) && value !== '' && !OTHERS.has(variable) && !isOfCluster(variable, value)
      ? [[variable, value]]
      : [],
  );
}

/** Kubernetes sets these in every container beside a service `oppsweep`, or `oppsweep-…`. */
function isOfCluster(variable: string, value: string): boolean {
  return (
    /_SERVICE_(HOST|PORT(_.+)?)$|_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(variable) ||
    (variable.endsWith('_PORT') && /^(tcp|udp|sctp):/.test(value))
  );
}

/**
 * The options that `takeFromEnvironment` has given a command, as a person would type them. One whose value may hold a
 * secret names its variable for the shell.
 */
export function inheritedWords(command: Command, env: Environment): string {
  return command.options
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'env')
    .flatMap((option) => {
      const variable = variableOf(option);
      const value = env[variable] ?? '';
      const word = option.long ?? '';
      if (!option.required && !option.optional) return SWITCHES[value.toLowerCase()] === true ? [word] : [];
      return [word, HOW[nameOf(option)] === 'shown' ? shellWords([value]) : `"$${variable}"`];
    })
    .join(' ');
}

function take(command: Command, option: Option, value: string): boolean {
  refuseWhat(variableOf(option), option);
  const attribute = option.attributeName();
  const source = command.getOptionValueSource(attribute);
  if (source !== undefined && source !== 'default') return false;
  const parsed = option.required || option.optional ? parsedValue(option, value) : switched(option, value);
  command.setOptionValueWithSource(attribute, parsed, 'env');
  return true;
}

/** What is done is said on the command line. */
function refuseWhat(variable: string, option: Option): void {
  if (HOW[nameOf(option)] !== undefined) return;
  const long = option.long ?? '';
  throw new RunError('usage', `${variable} is set, and ${long} is taken from the command line alone.`, {
    code: 'say_it_on_the_command_line',
    variable,
    option: long,
  });
}

function parsedValue(option: Option, value: string): unknown {
  if (option.parseArg === undefined) return value;
  try {
    return option.parseArg(value, undefined);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw badValue(option, value, error.message);
    throw error;
  }
}

const SWITCHES: Readonly<Record<string, boolean>> = {
  '1': true,
  true: true,
  yes: true,
  on: true,
  '0': false,
  false: false,
  no: false,
  off: false,
};

/** `--no-wait` stands for a `wait` that is false. */
function switched(option: Option, value: string): boolean {
  const on = SWITCHES[value.toLowerCase()];
  if (on === undefined) throw badValue(option, value, 'It takes 1 or 0.');
  return option.negate ? !on : on;
}

/** The value is not shown where it may hold a password. */
function badValue(option: Option, value: string, takes: string): RunError {
  const variable = variableOf(option);
  const is = HOW[nameOf(option)] === 'shown' ? `is ${showValue(value)}` : 'has a value';
  return new RunError('usage', `${variable} ${is}, which ${option.long ?? ''} does not take. ${takes}`, {
    code: 'mend_variable',
    variable,
  });
}

/** A sentence, with a space before; empty where no name is near. */
function slipIn(variable: string): string {
  const meant = closest(optionName(variable), Object.keys(HOW));
  return meant === undefined ? '' : ` Did you mean ${variableNamed(meant)}?`;
}

function refuseSlip(variable: string, known: readonly string[]): void {
  const meant = closest(
    variable.slice(PREFIX.length),
    known.map((name) => name.slice(PREFIX.length)),
  );
  // A variable of another command's option is no slip.
  if (meant === undefined || HOW[optionName(variable)] !== undefined) return;
  throw new RunError('usage', `There is no option for ${variable}. Did you mean ${PREFIX}${meant}?`, {
    code: 'rename_variable',
  });
}

function shown(variable: string, value: string): string {
  return HOW[optionName(variable)] === 'shown' ? `${variable}=${value}` : variable;
}

/** `OPPSWEEP_DAILY_QUOTA` as `daily-quota`. */
function optionName(variable: string): string {
  return variable.slice(PREFIX.length).toLowerCase().replaceAll('_', '-');
}

function nameOf(option: Option): string {
  return (option.long ?? '').replace(/^--/, '');
}

function variableOf(option: Option): string {
  return variableNamed(nameOf(option));
}

function variableNamed(name: string): string {
  return PREFIX + name.toUpperCase().replaceAll('-', '_');
}
