import type { Advice } from '../../model/advice.ts';
import type { RunError } from '../../model/run-error.ts';
import { cleanValue } from '../values/clean-value.ts';
import { foldName } from '../values/fold-name.ts';
import { looksLikeOpportunity } from '../values/identifier-shape.ts';
import { showValue } from '../values/show-value.ts';
import {
  choicesOf,
  columnOption,
  columnsError,
  columnShown,
  headersSeen,
  ROLE_WORDS,
  type SampledTable,
} from './column-errors.ts';
import { lookAlike, type Role } from './column-names.ts';
import { NEW_NAME, OLD_NAME, saysStays } from './decisions/pair-names.ts';

/**
 * No column is meant; `likely` hold such values under a name that doesn't say so, and `entity`, where the one of opportunities is
 * missing, those of entities.
 */
export function missingColumn(
  table: SampledTable,
  role: Role,
  likely: readonly number[],
  entity?: number,
): RunError {
  const { what, example } = ROLE_WORDS[role];
  const misleading = table.header.flatMap((cell) => {
    const holds = role === 'opportunity' ? lookAlike(cell) : undefined;
    return holds === undefined ? [] : [` ${showValue(cell)} was not taken: it usually holds ${holds}.`];
  });
  const staying = likely.filter((index) => saysStays(table.header[index] ?? ''));
  const meant = likely.filter((index) => !staying.includes(index));
  const left = staying.map(
    (index) => ` ${columnShown(table, index)} was not taken: its name says that what it holds stays.`,
  );
  const alone = likely.length === 0 ? cellAlone(table) : undefined;
  if (alone !== undefined) {
    const message = `The header was read as one cell, ${showValue(alone)}: none of the separators comma, semicolon, tab and pipe is in it, so no column of ${what} was found.`;
    return columnsError(table, message, { code: 'no_separator' });
  }
  return columnsError(
    table,
    `No column of ${what} was found.${[...misleading, ...left].join('')} ${headersSeen(table)}`,
    meant.length === 0
      ? (separatorSeen(table) ?? { code: 'name_column', role, example })
      : {
          ...likelyColumns(table, role, meant),
          ...(entity !== undefined && { entity: columnOption(table, entity) }),
        },
  );
}

/** Where the header is one cell with separators in it, it was read under a delimiter that is not the file's. */
function separatorSeen({ header }: SampledTable): Advice | undefined {
  if (header.length > 1) return undefined;
  const separator = /[;\t|,]/.exec(header[0] ?? '')?.[0];
  return separator === undefined ? undefined : { code: 'separator_seen', separator };
}

/** A header that is one cell without any separator, as where an unknown one separates the cells. */
function cellAlone({ header }: SampledTable): string | undefined {
  const [cell = '', ...others] = header;
  return others.length > 0 || /[;\t|,]/.test(cell) ? undefined : cell;
}

function likelyColumns(
  table: SampledTable,
  role: Role,
  likely: readonly number[],
): Extract<Advice, { readonly code: 'likely_columns' }> {
  const shown = likely.map((index) => columnShown(table, index));
  const named = (name: RegExp): number | undefined =>
    likely.find((index) => name.test(foldName(table.header[index] ?? '')));
  const [old, replacement] = role === 'entity' && likely.length === 2 ? [OLD_NAME, NEW_NAME].map(named) : [];
  const isPair = old !== undefined && replacement !== undefined && old !== replacement;
  const column = columnOption(table, (isPair ? old : likely[0]) ?? 0);
  const pair = isPair ? { replacement: columnOption(table, replacement) } : {};
  return { code: 'likely_columns', role, column, ...pair, shown, choices: choicesOf(table, likely) };
}

/** A title is no header: the last row above the first with an opportunity may be one, whose names an option may give. */
export function belowTitle(table: SampledTable): SampledTable {
  const { header, samples } = table;
  if (header.length < 3 || filledCells(header) > 1) return table;
  const first = samples.findIndex((row) => row.some((cell) => looksLikeOpportunity(cleanValue(cell))));
  const above = samples.slice(0, Math.max(0, first));
  const at = above.findLastIndex((row) => filledCells(row) > 1);
  const names = above[at];
  return names === undefined ? table : { ...table, header: names, samples: samples.slice(at + 1) };
}

function filledCells(row: readonly string[]): number {
  return row.filter((cell) => cleanValue(cell) !== '').length;
}
