import { cleanedOf, type CleanedValues } from '../../model/row.ts';
import type { Verdict } from '../values/validate-values.ts';

/**
 * The values that are told of a row that is left out: those that it would have been sent with. Others are not told, but for the
 * identifier that the line stands for: read again as results, they would pass for what is meant.
 */
export function leftOutValues(verdict: Verdict): CleanedValues {
  if (verdict.ok) return cleanedOf(verdict.target);
  return { opportunityId: '', entityType: '', entityId: verdict.cleaned.entityId, replacementId: '' };
}
