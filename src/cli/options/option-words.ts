import type { Argument, Option } from 'commander';
import { ENTITY_TYPES } from '../../model/entity.ts';
import { ROW_STATUSES } from '../../model/outcome.ts';

/** The value that an option or an argument takes, as a shell can complete it. */
export interface Completion {
  readonly kind: 'none' | 'text' | 'file' | 'folder' | 'word' | 'words';
  /** The values there are; with `words`, several of them are joined by commas. */
  readonly words: readonly string[];
}

const UNLIMITED = ['unlimited'];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  catalog: ['AWS', 'Sandbox'],
  'entity-type': ENTITY_TYPES,
  types: ENTITY_TYPES,
  only: ROW_STATUSES,
  encoding: ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'shift_jis', 'cesu-8'],
  rate: UNLIMITED,
  'read-rate': UNLIMITED,
  'daily-quota': UNLIMITED,
  'daily-read-quota': UNLIMITED,
  absent: ['not-found', 'ok', 'validation'],
  'status-codes': ['400', 'traits'],
  'log-format': ['text', 'json'],
};
/** What is in the placeholder of an option that takes a file's name. */
const FILE = /file|csv|^(input|results|before|after|ids)\b/i;
const FOLDER = /folder|^dir/i;

export function completionOfOption(option: Option): Completion {
  if (!option.required && !option.optional) return { kind: 'none', words: [] };
  const words = option.argChoices ?? WORDS[option.long?.replace(/^--/, '') ?? ''];
  const placeholder = /[<[]([^>\]]*)/.exec(option.flags)?.[1] ?? '';
  if (words !== undefined) return { kind: placeholder.includes('…') ? 'words' : 'word', words };
  return byPlaceholder(placeholder);
}

export function completionOfArgument(argument: Argument): Completion {
  if (argument.argChoices !== undefined) return { kind: 'word', words: argument.argChoices };
  return byPlaceholder(argument.name());
}

function byPlaceholder(placeholder: string): Completion {
  if (FOLDER.test(placeholder)) return { kind: 'folder', words: [] };
  return { kind: FILE.test(placeholder) ? 'file' : 'text', words: [] };
}
