import type { EarlierResult, SkipReason } from '../../model/outcome.ts';
import { cleanedOf, type CleanedValues } from '../../model/row.ts';
import type { Verdict } from '../values/validate-values.ts';

/**
 * The values that are told of a row that is left out: those that it would have been sent with. Others are not told, but for the
 * identifier that the line stands for: read again as results, they would pass for what is meant.
 */
export function leftOutValues(verdict: Verdict, { kind }: SkipReason): CleanedValues {
  if (verdict.ok) return cleanedOf(verdict.target);
  const { opportunityId, entityId } = verdict.cleaned;
  const isSound = kind === 'no_entity';
  return { opportunityId: isSound ? opportunityId : '', entityType: '', entityId, replacementId: '' };
}

/** Whether a line of results told an opportunity, and left it out since it names nothing that it holds. */
export function isLineWithoutEntity(earlier: EarlierResult | undefined): boolean {
  if (earlier?.status !== 'skipped') return false;
  const { opportunity_id: opportunity = '', entity_id: entity = '', entity_type: type = '' } = earlier.cells;
  // One that names a type had an entity, which somebody has deleted.
  return opportunity !== '' && entity === '' && type === '';
}
