import type { Command } from 'commander';
import { RunError } from '../../model/run-error.ts';
import { completionOfArgument, completionOfOption, type Completion } from './option-words.ts';

/**
 * Refuses an empty name where a file or a folder is named, as the shell gives it for a variable that is not set.
 *
 * @throws RunError `usage`
 */
export function refuseEmptyNames(command: Command): void {
  const values = command.opts();
  const given = [
    ...command.registeredArguments.map((argument, at) => ({
      what: `<${argument.name()}>`,
      value: command.args[at],
      takes: completionOfArgument(argument),
    })),
    ...command.options.map((option) => ({
      what: option.long ?? option.flags,
      // A dictionary of whatever the options' readers gave.
      value: values[option.attributeName()] as unknown,
      takes: completionOfOption(option),
    })),
  ];
  const empty = given.find(({ value, takes }) => value === '' && namesOne(takes));
  if (empty === undefined) return;
  throw new RunError(
    'usage',
    `${empty.what} is an empty name. A variable of the shell that is not set gives one.`,
  );
}

function namesOne({ kind }: Completion): boolean {
  return kind === 'file' || kind === 'folder';
}
