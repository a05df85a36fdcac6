import type { Problem } from '../../model/problem.ts';
import { parseEntityType } from '../values/entity-type.ts';
import { identifiersIn } from '../values/identifiers-in.ts';
import { showValue } from '../values/show-value.ts';
import type { FoundColumns } from '../columns/found-columns.ts';
import type { RawValues } from '../values/validate-values.ts';

/**
 * The problem of a results file's row whose own columns say something else than what was sent: somebody has corrected one
 * and not the other, and only they know which is meant. `undefined` where both agree, or where one says nothing.
 */
export function editedRow(own: RawValues, sent: RawValues, columns: FoundColumns): Problem | undefined {
  const { opportunity, entity, type, replacement } = columns;
  if (differs(own.opportunity, sent.opportunity)) {
    return problemOf(opportunity.name, own.opportunity, [
      'opportunity_id',
      sent.opportunity,
      'opportunity-column',
    ]);
  }
  // A cell that was split holds more than the one identifier that the row stands for.
  if (differs(own.entity, sent.entity) && !identifiersIn(own.entity).includes(sent.entity)) {
    return problemOf(entity.name, own.entity, ['entity_id', sent.entity, 'entity-column']);
  }
  if (type.kind === 'column' && differs(typeOf(own.type), typeOf(sent.type))) {
    return problemOf(type.column.name, own.type, ['entity_type', sent.type, 'type-column']);
  }
  if (replacement !== undefined && differs(own.replacement, sent.replacement)) {
    return problemOf(replacement.name, own.replacement, [
      'replacement_id',
      sent.replacement,
      'replace-column',
    ]);
  }
  return undefined;
}

function differs(own: string, sent: string): boolean {
  return own !== '' && sent !== '' && own !== sent;
}

function typeOf(text: string): string {
  const parsed = parseEntityType(text);
  return typeof parsed === 'string' ? parsed : text;
}

function problemOf(
  name: string,
  own: string,
  [column, sent, option]: readonly [column: string, sent: string, option: string],
): Problem {
  return {
    kind: 'row_edited',
    field: 'row',
    message: `Your column ${showValue(name)} says ${showValue(own)}, and ${column}, what was sent, says ${showValue(sent)}: write what is meant in both. If it is another column of yours that holds it, name that with the option ${option}.`,
  };
}
