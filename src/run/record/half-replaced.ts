import type { EarlierTries, JournalState, UnsettledFold } from '../../store/journal-state.ts';
import type { RunLease } from '../../store/run-store.ts';

/** A row that was left between the calls of a replacement whose old entity goes first: the opportunity may hold neither. */
export interface HalfReplaced {
  readonly row: number;
  /** Opportunity, old entity and new one, as the journal names them. */
  readonly key: string;
  /** Whether it is known: a call that was not answered may have changed it. */
  readonly known: boolean;
}

/** Those of a run that nobody works on. */
export function halfReplaced(unsettled: JournalState['unsettled']): readonly HalfReplaced[] {
  return [...unsettled.values()]
    .filter(isHalf)
    .map(({ row, key, standing }) => ({ row, key, known: standing !== 'in_doubt' }))
    .toSorted((one, other) => one.row - other.row);
}

function isHalf({ part, standing, madeBefore }: EarlierTries): boolean {
  if (part === undefined) return false;
  if (part.kind === 'detach') return standing !== 'not_done';
  return standing !== 'succeeded' && madeBefore.length > 0;
}

/** The same lease, with the tries that go through it told to the fold. */
export function followed(lease: RunLease, fold: UnsettledFold): RunLease {
  return {
    ...lease,
    append: (entry) => {
      fold.add(entry);
      return lease.append(entry);
    },
    note: (entry) => {
      fold.add(entry);
      lease.note(entry);
    },
    claim: async (note, day) => {
      const answer = await lease.claim(note, day);
      if (answer === 'noted') fold.add(note);
      return answer;
    },
  };
}
