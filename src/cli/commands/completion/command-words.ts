import type { Command } from 'commander';
import { completionOfArgument, completionOfOption, type Completion } from '../../options/option-words.ts';

/** A command as a shell can complete it. */
export interface CommandWords {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionWords[];
  /** Of its first argument; `undefined` where it takes none. */
  readonly argument: Completion | undefined;
  /** Those below it, one of which is its first argument. */
  readonly commands: readonly CommandWords[];
}

export interface OptionWords {
  /** `-o` and `--output`; either may be missing, not both. */
  readonly flags: readonly string[];
  readonly summary: string;
  readonly value: Completion;
}

/** The whole program: every command that a help shows, with the options that its help shows. */
export function programWords(program: Command): CommandWords {
  const words = wordsOf(program);
  const help = { name: 'help', summary: 'tell what a command takes', options: [], argument: undefined };
  return { ...words, commands: [...words.commands, { ...help, commands: words.commands.map(nameAlone) }] };
}

function wordsOf(command: Command): CommandWords {
  const help = command.createHelp();
  return {
    name: command.name(),
    summary: command.summary(),
    options: help.visibleOptions(command).map((option) => ({
      flags: [option.short, option.long].filter((flag) => flag !== undefined),
      summary: option.description,
      value: completionOfOption(option),
    })),
    argument: command.registeredArguments.map(completionOfArgument)[0],
    commands: help
      .visibleCommands(command)
      .filter((own) => own.name() !== 'help')
      .map(wordsOf),
  };
}

function nameAlone({ name, summary, commands }: CommandWords): CommandWords {
  return { name, summary, options: [], argument: undefined, commands: commands.map(nameAlone) };
}

/** A command, and the words that lead to it: none, to the program itself. */
export interface CommandPath {
  readonly path: readonly string[];
  readonly command: CommandWords;
}

/** The command, then each below it. */
export function everyCommand(command: CommandWords, path: readonly string[] = []): readonly CommandPath[] {
  return [
    { path, command },
    ...command.commands.flatMap((below) => everyCommand(below, [...path, below.name])),
  ];
}
