import { NEAR_MISS, NO_PLACE } from '../../model/fault.ts';
import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';
import type { Tally } from '../../model/tally.ts';
import { STATUS_MEANINGS } from '../../model/words/status-meanings.ts';
import type { RowsDone } from '../../run/rows/rows-done.ts';
import { count, counted } from './amounts.ts';

/** How far a run has come, before its rows by status where there are any: at its stop, and whenever it is looked at. Calls of a process at work are on their way. */
export function describeDone(
  { input, rowsToRun, settled, inDoubt }: RowsDone,
  open: 'in doubt' | 'under way' = 'in doubt',
): string {
  const doubt = inDoubt === 0 ? '' : `, ${count(inDoubt)} ${open}`;
  const told = Object.entries({
    invalid: input.invalid,
    duplicate: input.duplicate,
    'left out': input.skipped,
  }).flatMap(([what, rows]) => (rows === 0 ? [] : [`${count(rows)} ${what}`]));
  const beside = told.length === 0 ? '' : ` (beside them ${told.join(', ')})`;
  return `${count(settled.rows)} of ${counted(rowsToRun, 'valid row')} done${doubt}${beside}${settled.rows === 0 ? '.' : ':'}`;
}

/** A line a status, in a fixed order, and the exceptions. */
export function tallyLines(tally: Tally): string[] {
  const statuses = ROW_STATUSES.flatMap((status): [RowStatus, number][] => {
    const rows = tally.byStatus[status] ?? 0;
    return rows === 0 ? [] : [[status, rows]];
  });
  const widths = {
    count: Math.max(...statuses.map(([, rows]) => count(rows).length), 1),
    status: Math.max(...statuses.map(([status]) => status.length), 1),
  };
  const lines = statuses.map(
    ([status, rows]) =>
      `  ${count(rows).padStart(widths.count)}  ${status.padEnd(widths.status)}  ${STATUS_MEANINGS[status]}`,
  );
  const exceptions = Object.entries(tally.byException)
    .filter(([name]) => name !== 'DuplicateRow' && name !== 'InvalidRow')
    .toSorted(([, left], [, right]) => right - left);
  if (exceptions.length === 0) return lines;
  return [...lines, `  exceptions: ${exceptionWords(exceptions).join(', ')}`, ...declinedLines(tally)];
}

/** A service, or a proxy, may make one up for each row. */
const EXCEPTIONS_NAMED = 5;

function exceptionWords(exceptions: readonly (readonly [string, number])[]): string[] {
  const named = exceptions.slice(0, EXCEPTIONS_NAMED).map(([name, rows]) => `${name} ${count(rows)}`);
  const more = exceptions.length - named.length;
  return more === 0 ? named : [...named, `and ${count(more)} more`];
}

function declinedLines({ byException }: Tally): string[] {
  const nearMisses = byException[NEAR_MISS] ?? 0;
  const withoutPlace = byException[NO_PLACE] ?? 0;
  return [
    ...(nearMisses > 0
      ? [`  ${counted(nearMisses, 'near miss')}: nothing was sent; "message" says what each may mean`]
      : []),
    ...(withoutPlace > 0
      ? [
          `  ${counted(withoutPlace, 'replacement')} without a place (NoPlace): nothing was sent; see --detach-first`,
        ]
      : []),
  ];
}
