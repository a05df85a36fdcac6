import { WRITES } from '../../model/call.ts';
import { OPERATIONS, type Operation } from '../../model/operation.ts';
import type { RowStatus } from '../../model/outcome.ts';
import { isUndoHeader } from '../../model/result-columns.ts';
import { RunError } from '../../model/run-error.ts';
import { operationFrom } from './input-terms.ts';
import type { RunRequest } from './run-request.ts';
import type { Survey } from './survey-input.ts';

/**
 * Refuses results, or a plan, of the opposite operation: their rows say what was to be attached, and would be removed; whoever means
 * that names their statuses alone. Of an undo each line has an operation of its own, which an undo alone obeys.
 *
 * @throws RunError `usage`
 */
export function assertSameOperation(
  { command, terms, only }: Pick<RunRequest, 'command' | 'terms' | 'only'>,
  name: string,
  { header, statuses, table }: Pick<Survey, 'header' | 'statuses' | 'table'>,
): void {
  if (table.resultsFile === undefined || command === 'undo' || terms['planned'] === 'undo') return;
  if (isUndoHeader(header))
    throw new RunError(
      'usage',
      `${name} has the rows of an undo: some are to be attached, others removed, as its column "${header[0]}" says, which only an undo obeys.`,
      { code: 'undo_again' },
    );
  const operation = operationFrom(terms);
  const { inverse } = OPERATIONS[operation];
  const { alone, replaced } = statusesOf(inverse);
  const found = [...alone, ...replaced].filter((status) => statuses.has(status));
  if (found.length === 0 || only?.every((status) => alone.includes(status)) === true) return;
  const rows = found.map((status) => `${status} ${statuses.get(status) ?? 0}`).join(', ');
  throw new RunError(
    'usage',
    `${name} has rows of a run of ${inverse} (${rows}): ${operation} would do the opposite of what they say.`,
    { code: 'run_as_before', operation: inverse, statuses: alone.filter((status) => statuses.has(status)) },
  );
}

/** The statuses that rows have by this operation alone; one that was replaced has two identifiers. */
function statusesOf(operation: Operation): Readonly<Record<'alone' | 'replaced', readonly RowStatus[]>> {
  const { write, replaces } = OPERATIONS[operation];
  const { done, needless, would } = WRITES[write];
  return { alone: [done, needless, would], replaced: replaces ? ['replaced', 'would_replace'] : [] };
}
