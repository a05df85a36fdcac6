import { isSettledAsWished, type RowOutcome, type RowStatus } from '../model/outcome.ts';
import { callsOf, exceptionOf } from './describe-outcome.ts';

/** Counts of the rows settled so far; every figure adds up to `rows`. */
export interface Tally {
  readonly rows: number;
  readonly byStatus: Readonly<Partial<Record<RowStatus, number>>>;
  readonly byException: Readonly<Record<string, number>>;
  /** Writes tried for these rows. */
  readonly attempts: number;
}

export interface TallyKeeper {
  readonly add: (outcome: RowOutcome) => void;
  readonly now: () => Tally;
}

export function keepTally(): TallyKeeper {
  const byStatus: Partial<Record<RowStatus, number>> = {};
  const byException: Record<string, number> = {};
  let rows = 0;
  let attempts = 0;
  return {
    add: (outcome) => {
      rows += 1;
      attempts += callsOf(outcome).attempts;
      byStatus[outcome.status] = (byStatus[outcome.status] ?? 0) + 1;
      const exception = exceptionOf(outcome);
      if (exception !== '') byException[exception] = (byException[exception] ?? 0) + 1;
    },
    now: () => ({ rows, byStatus: { ...byStatus }, byException: { ...byException }, attempts }),
  };
}

/** Whether every row ended as the user wished: exit code 0 rather than 1. */
export function allAsWished(tally: Tally): boolean {
  // Object.keys forgets the key type that byStatus is declared with.
  return (Object.keys(tally.byStatus) as RowStatus[]).every(isSettledAsWished);
}
