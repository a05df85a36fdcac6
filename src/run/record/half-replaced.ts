import type { EarlierTries, RowsSoFar } from '../../store/journal-state.ts';

/** A row that was left between the calls of a replacement whose old entity goes first: the opportunity may hold neither. */
export interface HalfReplaced {
  readonly row: number;
  /** Opportunity, old entity and new one, as the journal names them. */
  readonly key: string;
  /** Whether it is known: a call that was not answered may have changed it. */
  readonly known: boolean;
}

/** Those of a run that nobody works on. */
export function halfReplaced(unsettled: RowsSoFar['unsettled']): readonly HalfReplaced[] {
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
