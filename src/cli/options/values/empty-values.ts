import { Option, type Argument, type Command } from 'commander';
import { RunError } from '../../../model/run-error.ts';

/**
 * Has a command refuse an empty word where a value is asked for, as the shell gives it for a variable that is not set: nothing of
 * ours is called that, and no option takes it. It then throws a `RunError` `usage`.
 */
export function refuseEmptyValues(command: Command): void {
  for (const one of [command, ...command.commands]) {
    one.options.filter(({ required, optional }) => required || optional).forEach(refuseEmpty);
    one.registeredArguments.forEach(refuseEmpty);
  }
}

function refuseEmpty(asked: Option | Argument): void {
  const read = asked.parseArg ?? (asked.variadic ? collect : (word: string) => word);
  const what = asked instanceof Option ? (asked.long ?? asked.flags) : `<${asked.name()}>`;
  const reader = (word: string, before: unknown): unknown => {
    if (word !== '') return read(word, before as never);
    throw new RunError(
      'usage',
      `${what} is given an empty value. A variable of the shell that is not set gives one.`,
    );
  };
  // With the words that completion proposes.
  asked.argParser(Object.assign(reader, read));
}

function collect(word: string, before: readonly string[] = []): readonly string[] {
  return [...before, word];
}
