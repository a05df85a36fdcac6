import { isCode } from '../../model/entity-types.ts';
import type { Problem } from '../../model/problem.ts';
import { cleanValue } from '../values/clean-value.ts';
import type { ColumnIndexes } from '../columns/column-indexes.ts';
import { parseEntityType } from '../values/entity-type.ts';
import { looksLikeIdentifier, looksLikeOpportunity } from '../values/identifier-shape.ts';
import { showValue } from '../values/show-value.ts';

/** A row as it is read: its cells, where the values stand among them, and how many the header has. */
export interface Reading {
  readonly cells: readonly string[];
  readonly columns: ColumnIndexes;
  readonly width: number;
}

/**
 * The problem of a row that is longer than the header where its cells may have slipped to the right, by a delimiter in a
 * cell without quotes: the entity then stands further right, and what stands in its column is another's.
 */
export function slipOf({ cells, columns, width }: Reading): Problem | undefined {
  if (cells.length <= width) return undefined;
  const { opportunity, entity, type, replacement, replacementType, toldType } = columns;
  const known = new Set([opportunity, entity, type, replacement, replacementType]);
  const isBeside = (cell: string, index: number): boolean => {
    const value = cleanValue(cell);
    return index > entity && !known.has(index) && (looksLikeIdentifier(value) || looksLikeOpportunity(value));
  };
  const beside = cells.find(isBeside);
  // A product code has no shape that would tell it from the rest of a customer's name.
  const isProduct = isCodeType(toldType ?? parseEntityType(cleanValue(cells[type] ?? '')));
  const slippedProduct =
    isProduct && hasOther(entity, known) ? cells.slice(width).find((cell) => cell !== '') : undefined;
  const seen = beside ?? slippedProduct;
  if (seen === undefined) return undefined;
  return {
    kind: 'row_slipped',
    field: 'row',
    message: `The row has ${cells.length} cells where the header has ${width}, and ${showValue(seen)} stands to the right of the entity's column: its cells may have slipped, by a delimiter in a cell without quotes.`,
  };
}

function isCodeType(type: ReturnType<typeof parseEntityType>): boolean {
  return typeof type === 'string' && isCode(type);
}

/** Whether a column of other things stands left of the entity's. */
function hasOther(entity: number, known: ReadonlySet<number>): boolean {
  return Array.from({ length: entity }, (_, index) => index).some((index) => !known.has(index));
}
