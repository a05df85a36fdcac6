import { cleanValue } from '../values/clean-value.ts';
import { looksLikeOpportunity } from '../values/identifier-shape.ts';
import type { Delimiter } from '../records/delimiter.ts';

/** A row's looks from outside. */
export interface RowPattern {
  readonly delimiter: Delimiter;
  /** Cells of the header. */
  readonly width: number;
  /** Where the opportunity stands. */
  readonly opportunity: number;
}

/** Without one, there is no need to look at a long text line by line. */
const OPPORTUNITY_WITHIN = /o[0-9]/i;

/**
 * The column (from 0) in which a quote opens that was closed by a later row's quote, so that whole rows lie in
 * its cell; -1 where every cell of several lines is only a text of several lines.
 */
export function swallowingColumn(record: readonly string[], pattern: RowPattern): number {
  return record.findIndex((cell, index) => {
    const lastBreak = Math.max(cell.lastIndexOf('\n'), cell.lastIndexOf('\r'));
    if (lastBreak < 0) return false;
    if (OPPORTUNITY_WITHIN.test(cell) && innerLines(cell).some((line) => isRow(line, pattern))) return true;
    // The last line goes on in the cells that follow; without its own opportunity it must be that of a row too many.
    const own = cell.slice(lastBreak + 1).split(pattern.delimiter);
    const tail = [...own, ...record.slice(index + 1)];
    if (index === pattern.opportunity || !isRowOf(tail, pattern)) return false;
    return own.length > pattern.opportunity || (index > 0 && record.length > pattern.width);
  });
}

function innerLines(cell: string): readonly string[] {
  return cell.split(/\r\n|\n|\r/).slice(1, -1);
}

function isRow(line: string, pattern: RowPattern): boolean {
  return isRowOf(line.split(pattern.delimiter), pattern);
}

function isRowOf(parts: readonly string[], { width, opportunity }: RowPattern): boolean {
  return parts.length >= Math.max(width, 2) && looksLikeOpportunity(cleanValue(parts[opportunity] ?? ''));
}
