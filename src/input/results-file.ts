import type { FoundColumn, FoundColumns } from './understanding.ts';

/** The columns that a results file ends in, in order; each may carry `result_` where the input had its name. */
const RESULT_COLUMNS = [
  'row',
  'status',
  'exception',
  'message',
  'tip',
  'opportunity_id',
  'entity_type',
  'entity_id',
  'replacement_id',
  'attempts',
  'request_ids',
  'started_at',
  'finished_at',
];

/** The columns of what was sent, where the header is that of a results file of this tool. */
export function resultsFileColumns(header: readonly string[]): FoundColumns | undefined {
  const start = header.length - RESULT_COLUMNS.length;
  const isOurs = RESULT_COLUMNS.every((name, index) => {
    const cell = header[start + index];
    return cell === name || cell === `result_${name}`;
  });
  if (start < 0 || !isOurs) return undefined;
  const column = (name: string): FoundColumn => {
    const index = start + RESULT_COLUMNS.indexOf(name);
    return { index, name: header[index] ?? name, found: 'header' };
  };
  return {
    opportunity: column('opportunity_id'),
    entity: column('entity_id'),
    type: { kind: 'column', column: column('entity_type') },
    replacement: column('replacement_id'),
  };
}
