import type { Target } from '../model/row.ts';

/** A row's wish in one line, by which journal and input are compared. */
export function rowKey({ opportunityId, entity, replacement }: Target): string {
  const own = `${opportunityId} ${entity.type} ${entity.id}`;
  return replacement === undefined ? own : `${own} -> ${replacement.type} ${replacement.id}`;
}
