import { cleanValue } from './clean-value.ts';

/** Separators that people and exports put between identifiers in one cell; no identifier of any type holds one of these. */
const BETWEEN = /[;,|\n\r]/;

/** The identifiers in a cell: Partner Central's own export joins them with `;`. */
export function identifiersIn(cell: string): string[] {
  if (!BETWEEN.test(cell)) return [cell];
  return cell
    .split(BETWEEN)
    .map(cleanValue)
    .filter((part) => part !== '');
}
