import { WRITES, isWriteOperation, type WriteOperation } from '../../model/call.ts';
import type { CallFacts } from '../../report/calls/call-facts.ts';
import type { RowFacts } from '../../report/rows/row-facts.ts';
import type { ReportContext } from './report-context.ts';

const HOUR_MS = 3_600_000;

/** What is joined with CloudTrail. */
interface Joined {
  readonly rows: RowFacts;
  readonly calls: CallFacts;
  /** By their name. */
  readonly results: string;
  readonly endpoint: string | undefined;
}

/**
 * The commands that list a run's calls, an hour on either side of them: clocks differ, and an event may come late. The last lays the
 * results beside them.
 */
export function trailCommands(
  { rows, calls, results, endpoint }: Joined,
  { trailCommand, joinCommand }: Pick<ReportContext, 'trailCommand' | 'joinCommand'>,
): readonly string[] {
  const [first, last] = [calls.points[0], calls.points.at(-1)];
  if (endpoint === 'emulator' || rows.requestIds === 0 || first === undefined || last === undefined)
    return [];
  const fromIso = new Date(first.fromMs - HOUR_MS).toISOString();
  const toIso = new Date(last.fromMs + calls.widthMs + HOUR_MS).toISOString();
  const operations = operationsOf(rows);
  return [
    ...operations.map((operation) => trailCommand(operation, fromIso, toIso)),
    joinCommand(results, operations),
  ];
}

/** Those that the rows show were made; all that may have been, where none was. */
function operationsOf({ byStatus }: RowFacts): readonly WriteOperation[] {
  const all = Object.keys(WRITES).filter(isWriteOperation);
  const replaced = byStatus.replaced ?? 0;
  const made = all.filter((operation) => replaced + (byStatus[WRITES[operation].done] ?? 0) > 0);
  return made.length === 0 ? all : made;
}
