import { Option, type Command } from 'commander';
import { identifier } from './values/of-rows.ts';
import { asTyped } from './values/reader.ts';

/** Options that give rows a replacement where no column does, as commander hands them over. */
export interface ReplaceFlags {
  readonly replaceWith?: string;
  readonly replaceMap?: string;
}

export function addReplaceFlags(command: Command): Command {
  return command
    .optionsGroup(
      'What takes the place of what is removed (nothing, unless a column or one of these says so):',
    )
    .addOption(
      new Option('--replace-with <id>', 'attach this one first, in the place of each row’s').argParser(
        identifier,
      ),
    )
    .option(
      '--replace-map <file>',
      'a table of two columns, old and new; or "marketplace": old solutions by their Marketplace solutions, as ListSolutions pairs them',
      asTyped(['marketplace']),
    );
}

/** Of commands that may remove everything that an export names. */
export const ALL_LINES = [
  '--all-lines',
  'of an export, or a flattened list, of all that opportunities hold: remove all of it',
] as const;
