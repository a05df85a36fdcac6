import type { Command } from 'commander';
import { completionOfArgument, completionOfOption, type Completion } from '../../options/option-words.ts';

/** A command as a shell can complete it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  /** Of its first argument; `undefined` where it takes none. */
  readonly argument: Completion | undefined;
}

export interface OptionWords {
  /** `-o` and `--output`; either may be missing, not both. */
  readonly flags: readonly string[];
  readonly summary: string;
  readonly value: Completion;
}

/** Every command that the help shows, with the options that its help shows. */
export function commandWords(program: Command): readonly CommandWords[] {
  const help = program.createHelp();
  const commands = help.visibleCommands(program).filter((command) => command.name() !== 'help');
  const words = commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: optionsOfAll([command, ...command.commands].map((one) => ({ options: optionsOf(one) }))),
    argument: argumentOf(command),
  }));
  const names = words.map(({ name }) => name);
  return [
    ...words,
    {
      name: 'help',
      summary: 'tell what a command takes',
      options: [],
      argument: { kind: 'word', words: names },
    },
  ];
}

function optionsOf(command: Command): readonly OptionWords[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined),
      summary: option.description,
      value: completionOfOption(option),
    }));
}

/** Of a command of commands, their names. */
function argumentOf(command: Command): Completion | undefined {
  const words = command.commands.map((own) => own.name());
  if (words.length > 0) return { kind: 'word', words };
  return command.registeredArguments.map(completionOfArgument)[0];
}

/** Each option once, whichever commands take it: what its value is doesn't depend on the command. */
export function optionsOfAll(commands: readonly Pick<CommandWords, 'options'>[]): readonly OptionWords[] {
  const byName = new Map<string, OptionWords>();
  for (const option of commands.flatMap(({ options }) => options)) {
    const name = option.flags.join(' ');
    if (!byName.has(name)) byName.set(name, option);
  }
  return [...byName.values()];
}
