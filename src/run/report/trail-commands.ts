import { WRITES, isWriteOperation, type WriteOperation } from '../../model/call.ts';
import type { CallFacts } from '../../report/calls/call-facts.ts';
import type { RowFacts } from '../../report/rows/row-facts.ts';
import type { ReportContext } from './report-context.ts';

const HOUR_MS = 3_600_000;

/** The commands that list a run's calls, an hour on either side of them: clocks differ, and an event may come late. */
export function trailCommands(
  { rows, calls }: { readonly rows: RowFacts; readonly calls: CallFacts },
  endpoint: string | undefined,
  { trailCommand }: Pick<ReportContext, 'trailCommand'>,
): readonly string[] {
  const [first, last] = [calls.points[0], calls.points.at(-1)];
  if (endpoint === 'emulator' || rows.requestIds === 0 || first === undefined || last === undefined)
    return [];
  const fromIso = new Date(first.fromMs - HOUR_MS).toISOString();
  const toIso = new Date(last.fromMs + calls.widthMs + HOUR_MS).toISOString();
  return operationsOf(rows).map((operation) => trailCommand(operation, fromIso, toIso));
}

/** Those that the rows show were made; all that may have been, where none was. */
function operationsOf({ byStatus }: RowFacts): readonly WriteOperation[] {
  const all = Object.keys(WRITES).filter(isWriteOperation);
  const replaced = byStatus.replaced ?? 0;
  const made = all.filter((operation) => replaced + (byStatus[WRITES[operation].done] ?? 0) > 0);
  return made.length === 0 ? all : made;
}
