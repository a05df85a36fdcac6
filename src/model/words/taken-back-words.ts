import { count } from './amounts.ts';

/** A clause: `93 of its rows were taken back by people.undo.csv`. `results`: a path of any system. */
export function takenBackWords({
  rows,
  results,
}: {
  readonly rows: number;
  readonly results: string;
}): string {
  return `${count(rows)} of its rows ${rows === 1 ? 'was' : 'were'} taken back by ${results.split(/[\\/]/).at(-1) ?? results}`;
}
