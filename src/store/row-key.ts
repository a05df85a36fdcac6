import type { Target } from '../model/row.ts';

/** What a row asks for, in one line: how journal and input are compared. */
export function rowKey({ opportunityId, entity, replacement }: Target): string {
  const own = `${opportunityId} ${entity.type} ${entity.id}`;
  return replacement === undefined ? own : `${own} -> ${replacement.type} ${replacement.id}`;
}
