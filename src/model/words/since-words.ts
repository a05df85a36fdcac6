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

export function nameOf(results: string): string {
  return results.split(/[\\/]/).at(-1) ?? results;
}
