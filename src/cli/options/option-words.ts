import type { Argument, Option } from 'commander';
import { isReader } from './values/reader.ts';

/** The value that an option or an argument takes, as a shell can complete it. */
export interface Completion {
  readonly kind: 'none' | 'text' | 'file' | 'folder' | 'word' | 'words';
  /** The values that are known; with `words`, several of them are joined by commas. */
  readonly words: readonly string[];
}

/** What is in the placeholder of an option that takes a file's name. */
const FILE = /file|csv|^(input|results|before|after|ids)\b/i;
const FOLDER = /folder|^dir/i;

export function completionOfOption(option: Option): Completion {
  if (!option.required && !option.optional) return { kind: 'none', words: [] };
  const { parseArg } = option;
  const words = option.argChoices ?? (isReader(parseArg) ? parseArg.words : []);
  const placeholder = /[<[]([^>\]]*)/.exec(option.flags)?.[1] ?? '';
  if (words.length === 0 || FILE.test(placeholder)) return { ...byPlaceholder(placeholder), words };
  return { kind: placeholder.includes('…') ? 'words' : 'word', words };
}

export function completionOfArgument(argument: Argument): Completion {
  if (argument.argChoices !== undefined) return { kind: 'word', words: argument.argChoices };
  return byPlaceholder(argument.name());
}

function byPlaceholder(placeholder: string): Completion {
  if (FOLDER.test(placeholder)) return { kind: 'folder', words: [] };
  return { kind: FILE.test(placeholder) ? 'file' : 'text', words: [] };
}
