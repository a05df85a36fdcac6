import { cleanValue } from './clean-value.ts';
import type { RawValues, Verdict } from './validate-values.ts';

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

/** Whether what is wrong with a part of a cell is not the identifier: then nothing is wrong with the cell. */
export function isElsewhere(verdict: Verdict): boolean {
  return verdict.ok || verdict.problems.every(({ field }) => field === 'opportunity');
}

/** The verdict on a part of a cell as that on the cell. */
export function withEntityOf({ entity }: RawValues): (verdict: Verdict) => Verdict {
  return (verdict) =>
    verdict.ok ? verdict : { ...verdict, cleaned: { ...verdict.cleaned, entityId: entity } };
}

/** One set of values for each identifier in the entity's cell. With a replacement it can't be told which is meant. */
export function splitValues(values: RawValues): readonly RawValues[] {
  if (values.replacement !== '') return [values];
  const identifiers = identifiersIn(values.entity);
  return identifiers.length === 0 ? [values] : identifiers.map((entity) => ({ ...values, entity }));
}
