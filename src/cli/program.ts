import { Command, CommanderError, type Option, type OutputConfiguration } from 'commander';
import { COMMANDS, mayBeMeant } from './command-table.ts';
import { RunError, stopOf } from '../model/run-error.ts';
import { EXIT } from './words/hints/stop-codes.ts';
import { usageError } from './words/hints/usage-error.ts';
import { chosenHome, type ChosenHome } from './options/chosen-home.ts';
import { fitHelp } from './process/lines/fit-help.ts';
import { refuseEmptyValues } from './options/values/empty-values.ts';
import { hasOthers, inheritedWords, refuseOthers, takeFromEnvironment } from './options/environment.ts';
import type { Terminal } from './process/terminal.ts';
import type { ProcessContext } from './process/process-context.ts';

const EPILOGUE = `
Exit codes: 0 every row settled as wished; 1 finished, some rows not; 2 nothing was sent; 3 stopped, the same command
goes on; 130 and 143 stopped by a signal, the same command goes on.
Options that say how (catalog, profile, region, endpoint, pace, waits, store, log, events, progress) can be variables, such
as OPPSWEEP_RATE=2; the command line wins. Those that say what is done (--yes, --only, --limit, …) can't.
`;

/** Of a help that is read in a file or a pager. */
const WIDTH_ELSEWHERE = 80;

/** Parses the command line, runs its command and gives the exit code. Rejects with a `RunError`. */
export async function runProgram(context: ProcessContext): Promise<number> {
  let code: number = EXIT.settled;
  const exit = (given: number): void => {
    code = given;
  };
  const program = new Command('oppsweep')
    .description(
      'Removes associations between AWS Partner Central opportunities and their related entities, in bulk, from a CSV, and accounts for every row.',
    )
    .version(context.version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'tell what there is')
    .helpCommand('help [command]', 'tell what a command takes')
    .showHelpAfterError('(--help tells what there is)')
    .configureOutput(outputOf(context.terminal))
    .addHelpText('after', EPILOGUE)
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .exitOverride();
  let inherited = '';
  let chosen: ChosenHome | undefined;
  const lent = { ...context, inherited: () => inherited };
  for (const { name, summary, load } of COMMANDS) {
    const command = program.command(name).summary(summary);
    if (!mayBeMeant(name, context.args)) continue;
    (await load())(command, lent, exit);
    refuseEmptyValues(command);
  }
  program.hook('preAction', async (_program, command) => {
    keepLogOf(command.name(), context.terminal);
    const { env } = context.terminal;
    const inForce = takeFromEnvironment(command, env);
    const unheard = hasOthers(command, env) ? refuseOthers(await optionsOf(command, lent), env) : [];
    // Of all commands' options, `doctor` has looked at none.
    if (command.name() !== 'doctor' && command.opts()['quiet'] !== true) {
      for (const line of unheard) context.terminal.err(line);
    }
    inherited = inheritedWords(command, env);
    if (inForce.length > 0 && command.opts()['quiet'] !== true) {
      context.terminal.err(`From the environment: ${inForce.join(', ')}\n`);
    }
    chosen = await chosenHome(command, lent);
    if (chosen === undefined) return;
    const { runs, quotas, onStopSignal, store } = chosen;
    Object.assign(lent, { runs, quotas, onStopSignal, store });
  });
  try {
    await program.parseAsync(asKnown(context.args, program), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw stopOf(error) ?? error;
    // Help and version are "errors" of commander's with exit code 0.
    return error.exitCode === 0 ? EXIT.settled : EXIT.nothingSent;
  } finally {
    await chosen?.close();
  }
  return code;
}

function keepLogOf(name: string, { canRedraw, keepLog }: Terminal): void {
  const kept = COMMANDS.find((one) => one.name === name)?.keepsLog;
  if (kept === 'everywhere' || (kept !== undefined && !canRedraw)) keepLog();
}

function outputOf({ out, err, outColumns }: Terminal): OutputConfiguration {
  const columns = outColumns?.();
  return {
    writeOut: columns === undefined ? out : (text) => out(fitHelp(text, columns)),
    getOutHelpWidth: () => columns ?? WIDTH_ELSEWHERE,
    writeErr: err,
    outputError: (words, write) => write(usageError(words)),
  };
}

/** Of all commands, for one that takes variables from them. */
async function optionsOf(command: Command, context: ProcessContext): Promise<readonly Option[]> {
  // It tells of such a variable as of all else that it looks at.
  if (command.name() === 'doctor') return [];
  // Kubernetes sets OPPSWEEP_PORT for a service of that name.
  const meant = COMMANDS.filter(({ name }) => name !== 'emulator');
  const all = await Promise.all(
    meant.map(async ({ name, load }) => {
      const own = new Command(name);
      (await load())(own, context, () => undefined);
      return [own, ...own.commands].flatMap(({ options }) => options);
    }),
  );
  return all.flat();
}

/** The words as commander knows them: behind `help` it takes one word, and of `--help` behind a slip it makes the help of all. */
function asKnown(args: readonly string[], program: Command): readonly string[] {
  const [first = '', ...others] = args;
  if (/\.(csv|tsv|txt|gz|xlsx|xlsm|xlsb|xls|ods)$/i.test(first)) {
    throw new RunError('usage', `${first} is no command.`, { code: 'name_command', input: first });
  }
  // It knows one letter for the version.
  if (first === '-V' && others.length === 0) return ['-v'];
  if (first === 'help' && others.length > 0) return asKnown([...others, '--help'], program);
  let command = program;
  for (const [at, word] of args.entries()) {
    if (command.commands.length === 0 || word === 'help' || !/^[a-z]/i.test(word)) break;
    const below = command.commands.find((one) => one.name() === word);
    if (below === undefined) return args.slice(0, at + 1);
    command = below;
  }
  return args;
}
