/** A row of an input: one opportunity with one solution. */
export interface Person {
  readonly opportunityId: string;
  readonly entityId: string;
}

/** `O1000001 … S-0000001` and so on: each its own opportunity. */
export function people(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => ({
    opportunityId: `O${1_000_001 + index}`,
    entityId: `S-${String(index + 1).padStart(7, '0')}`,
  }));
}

/** The input that asks to remove them all. */
export function peopleCsv(rows: readonly Person[]): string {
  const lines = rows.map(({ opportunityId, entityId }) => `${opportunityId},Solutions,${entityId}`);
  return ['Opportunity ID,Entity Type,Entity ID', ...lines, ''].join('\n');
}
