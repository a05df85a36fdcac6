import type { InputTally } from '../../input/rows/input-tally.ts';
import { noSuchEntity, noSuchValue, selectsNothing } from '../../input/selection/selection-errors.ts';
import { ValuesSeen } from '../../input/selection/values-seen.ts';
import type { RunError } from '../../model/run-error.ts';

/** What a selection asks for and no account's rows have, each account's by itself: `undefined` where there is nothing of the kind. */
export function unmetByAll(
  path: string,
  accounts: readonly Pick<InputTally, 'told' | 'rows' | 'skipped'>[],
): RunError | undefined {
  const sum = (of: 'rows' | 'skipped'): number => accounts.reduce((total, tally) => total + tally[of], 0);
  if (sum('rows') === 0) return undefined;
  const table = { name: path, header: [] };
  for (const [at, { option, column, values }] of (accounts[0]?.told.unmet ?? []).entries()) {
    const unmet = accounts.flatMap(({ told }) => told.unmet?.[at] ?? []);
    const missing = values.find((value) => unmet.every((of) => of.values.includes(value)));
    if (missing === undefined) continue;
    const seen = new ValuesSeen();
    for (const of of unmet) seen.take(of.seen);
    return option === 'where'
      ? noSuchValue(table, column, missing, seen)
      : noSuchEntity(table, missing, seen, true);
  }
  const isNone = accounts[0]?.told.unmet !== undefined && sum('skipped') === sum('rows');
  return isNone ? selectsNothing(table, sum('rows')) : undefined;
}
