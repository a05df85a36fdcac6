import { count, counted } from './amounts.ts';

/** Rows that a later run has had to do with. `results`: a path of any system. */
interface RowsSince {
  readonly rows: number;
  readonly results: string;
}

/** A clause: `93 of its rows were taken back by people.undo.csv`. */
export function takenBackWords({ rows, results }: RowsSince): string {
  return `${count(rows)} of its rows ${rows === 1 ? 'was' : 'were'} taken back by ${nameOf(results)}`;
}

/** A clause: `2 rows that needed somebody were done since by people.again.csv`. */
export function doneSinceWords({ rows, results }: RowsSince): string {
  return `${counted(rows, 'row')} that needed somebody ${rows === 1 ? 'was' : 'were'} done since by ${nameOf(results)}`;
}

/** What was done with results: `corrected since by hand (4 cells of 3 rows) and run again as people.again.csv`. */
export function correctedWords({
  cells,
  rows,
  again,
}: {
  readonly cells: number;
  readonly rows: number;
  readonly again: readonly string[];
}): string {
  const what =
    cells === 0
      ? 'saved anew since (no cell is another)'
      : `corrected since by hand (${counted(cells, 'cell')} of ${counted(rows, 'row')})`;
  return `${what} and run again as ${again.map(nameOf).join(' and ')}`;
}

/** A clause: rows that kept an earlier run's line, and whether what they tell of is still so. */
export function changedBeforeWords({
  rows,
  takenBack,
  asSaidBy,
  ...looked
}: LookedBefore & {
  readonly rows: number;
  readonly takenBack: readonly RowsSince[];
}): string {
  const told =
    asSaidBy === undefined
      ? 'changed by an earlier run, whose results were the input'
      : `changed by an earlier run, as the file ${asSaidBy} says`;
  const back = takenBack.map((undo) => {
    const which = undo.rows >= rows ? (rows === 1 ? 'that' : 'all of them') : `${count(undo.rows)} of them`;
    return `${which} ${undo.rows === 1 ? 'was' : 'were'} taken back since by ${nameOf(undo.results)}`;
  });
  return [told, ...back.map((words) => `; ${words}`), ...notLookedAt({ asSaidBy, ...looked })].join('');
}

interface LookedBefore {
  readonly lookedAt: boolean;
  readonly asSaidBy?: string | undefined;
  readonly damaged?: string | undefined;
}

function notLookedAt({ lookedAt, asSaidBy, damaged }: LookedBefore): readonly string[] {
  if (lookedAt) return [];
  const because =
    damaged !== undefined
      ? `the journal of ${damaged} is damaged`
      : asSaidBy === undefined
        ? 'this run’s folder is not here'
        : 'no finished run here has results of that name';
  return [`; what became of them since is not looked up, as ${because}`];
}

export function nameOf(results: string): string {
  return results.split(/[\\/]/).at(-1) ?? results;
}
