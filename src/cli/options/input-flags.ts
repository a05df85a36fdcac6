import { Option, type Command } from 'commander';
import type { Delimiter } from '../../input/records/delimiter.ts';
import type { InputOptions } from '../../input/columns/input-options.ts';
import { entityColumnsOf } from '../../run/request/entity-columns-of.ts';
import type { EntityType } from '../../model/entity.ts';
import { oneMore } from './values/amounts.ts';
import { condition, delimiter, entityType, list } from './values/of-rows.ts';
import { asTyped } from './values/reader.ts';

/** Options that say how a file of associations is written, as commander hands them over. */
export interface TableFlags {
  readonly opportunityColumn?: string;
  readonly typeColumn?: string;
  readonly entityColumn?: readonly string[];
  readonly entityType?: EntityType;
  readonly delimiter?: Delimiter;
  readonly encoding?: string;
  /** `--no-header`. */
  readonly header: boolean;
  readonly split?: boolean;
  readonly sheet?: string;
  readonly visibleOnly?: boolean;
}

/** The same of a file of changes. */
export interface InputFlags extends TableFlags {
  readonly replaceColumn?: string;
  readonly where?: readonly string[];
  readonly entities?: readonly string[];
}

/** Those that files are often in; all that the web's standard names are read. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'shift_jis', 'cesu-8'] as const;

export function addInputFlags(command: Command): Command {
  return addTableFlags(addSelectionFlags(command)).option(
    '--replace-column <name>',
    'column with the entity to attach before the other is removed',
  );
}

export function addTableFlags(command: Command): Command {
  return command
    .optionsGroup('How the file is written (found by header and content where not given):')
    .option('--opportunity-column <name>', 'column with the opportunity identifier (O1234567)')
    .option('--type-column <name>', 'column with the entity type')
    .addOption(
      new Option(
        '--entity-column <name>',
        'column with the entity identifier (repeated: several columns, one call an identifier)',
      ).argParser(oneMore),
    )
    .addOption(new Option('--entity-type <type>', 'one type for the whole file').argParser(entityType))
    .addOption(new Option('--delimiter <char>', 'what separates cells: , ; | or tab').argParser(delimiter))
    .option('--encoding <name>', 'how text is encoded, such as utf-8 or shift_jis', asTyped(ENCODINGS))
    .option('--no-header', 'the first row is data; name columns by position, such as --opportunity-column 1')
    .option('--split', 'several identifiers in one cell (joined by ;) become one call each')
    .option('--sheet <name|n>', 'which sheet of a workbook (default: the only one)')
    .option('--visible-only', 'leave out the hidden and filtered-out rows of a workbook');
}

/** The options that leave rows out; a row that is left out ends as `skipped`. */
export function addSelectionFlags(command: Command): Command {
  return command
    .optionsGroup('Which rows (all, unless one of these leaves some out):')
    .addOption(
      new Option(
        '--where <condition>',
        'only rows whose cell is one of the values, COLUMN=VALUE,… or none of them, COLUMN!=VALUE,… (repeated: all must hold)',
      ).argParser(condition),
    )
    .addOption(
      new Option('--entities <id,…>', 'only these identifiers, inside cells of several too').argParser(list),
    );
}

export function inputOptionsOf(flags: InputFlags): InputOptions {
  const { replaceColumn, where, entities } = flags;
  return { ...tableOptionsOf(flags), replaceColumn, where, entities };
}

export function tableOptionsOf(flags: TableFlags): InputOptions {
  return {
    opportunityColumn: flags.opportunityColumn,
    typeColumn: flags.typeColumn,
    ...entityColumnsOf(flags.entityColumn),
    entityType: flags.entityType,
    delimiter: flags.delimiter,
    encoding: flags.encoding,
    noHeader: !flags.header,
    split: flags.split === true,
    sheet: flags.sheet,
    visibleOnly: flags.visibleOnly,
  };
}

/** A selection as it would be typed. */
export function selectionWords({
  where = [],
  entities,
}: Pick<InputOptions, 'where' | 'entities'>): readonly string[] {
  const words = where.flatMap((one) => ['--where', one]);
  return entities === undefined ? words : [...words, '--entities', entities.join(',')];
}
