import {
  callsOf,
  exceptionOf,
  isSettledAsWished,
  statusOf,
  type RowNote,
  type RowOutcome,
  type RowStatus,
} from './outcome.ts';

/** Counts of the rows settled so far; every figure adds up to `rows`. */
export interface Tally {
  readonly rows: number;
  readonly byStatus: Readonly<Partial<Record<RowStatus, number>>>;
  readonly byException: Readonly<Record<string, number>>;
  /** Writes tried for these rows. */
  readonly attempts: number;
  /** Of a plan only: what a run would come to. */
  readonly plan?: PlanTally;
}

export interface PlanTally {
  readonly writesNeeded: number;
  readonly byNote: Readonly<Partial<Record<RowNote, number>>>;
}

export interface TallyKeeper {
  readonly add: (outcome: RowOutcome) => void;
  readonly now: () => Tally;
}

/** `before`: what was counted already. */
export function keepTally(before?: Tally): TallyKeeper {
  const byStatus: Partial<Record<RowStatus, number>> = { ...before?.byStatus };
  const byException: Record<string, number> = { ...before?.byException };
  const byNote: Partial<Record<RowNote, number>> = { ...before?.plan?.byNote };
  let rows = before?.rows ?? 0;
  let attempts = before?.attempts ?? 0;
  let writesNeeded = before?.plan?.writesNeeded;
  return {
    add: (outcome) => {
      rows += 1;
      attempts += callsOf(outcome).attempts;
      addOne(byStatus, statusOf(outcome));
      const exception = exceptionOf(outcome);
      if (exception !== '') addOne(byException, exception);
      if (!('writesNeeded' in outcome)) return;
      writesNeeded = (writesNeeded ?? 0) + outcome.writesNeeded;
      for (const note of outcome.notes) addOne(byNote, note);
    },
    now: () => ({
      rows,
      byStatus: { ...byStatus },
      byException: { ...byException },
      attempts,
      ...(writesNeeded !== undefined && { plan: { writesNeeded, byNote: { ...byNote } } }),
    }),
  };
}

function addOne<Key extends string>(counts: Partial<Record<Key, number>>, key: Key): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** Whether every row ended as the user wished: exit code 0 rather than 1. */
export function allAsWished(tally: Tally): boolean {
  // Object.keys forgets the key type that byStatus is declared with.
  return (Object.keys(tally.byStatus) as RowStatus[]).every(isSettledAsWished);
}
