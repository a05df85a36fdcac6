import { cleanValue } from './clean-value.ts';
import { looksLikeOpportunity } from './identifier-shape.ts';
import type { Delimiter } from './input-options.ts';

/** What a row of the table looks like from outside. */
export interface RowPattern {
  readonly delimiter: Delimiter;
  /** Cells of the header. */
  readonly width: number;
  /** Where the opportunity stands. */
  readonly opportunity: number;
}

/**
 * The column (from 0) in which a quote opens that was closed by a later row's quote, so that whole rows lie in
 * its cell; -1 where every cell of several lines is only a text of several lines.
 */
export function swallowingColumn(record: readonly string[], pattern: RowPattern): number {
  return record.findIndex((cell, index) => {
    const lines = cell.split(/\r\n|\n|\r/);
    const last = lines.pop() ?? '';
    if (lines.length === 0) return false;
    if (lines.slice(1).some((line) => isRow(line.split(pattern.delimiter), pattern))) return true;
    // The last line goes on in the cells that follow; without its own opportunity it must be that of a row too many.
    const own = last.split(pattern.delimiter);
    const tail = [...own, ...record.slice(index + 1)];
    if (index === pattern.opportunity || !isRow(tail, pattern)) return false;
    return own.length > pattern.opportunity || (index > 0 && record.length > pattern.width);
  });
}

function isRow(parts: readonly string[], { width, opportunity }: RowPattern): boolean {
  return parts.length >= Math.max(width, 2) && looksLikeOpportunity(cleanValue(parts[opportunity] ?? ''));
}
