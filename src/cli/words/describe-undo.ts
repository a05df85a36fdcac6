import type { ChangeToUndo, UnknownRow } from '../../run/record/changes-to-undo.ts';
import type { RunPlaces } from '../../store/run-store.ts';
import { count, counted } from './amounts.ts';

/** The run that is undone. In a store twelve accounts may have results of one name. */
export function runWords({ run, results }: Pick<RunPlaces, 'run' | 'results'>): string {
  return run === undefined ? results : `${run} (${results})`;
}

/** Rows that are named; more are counted. */
const ROWS_NAMED = 5;

/** Rows that an undo leaves alone though the run may have changed them; `command`: reads whether it did, where one can. */
export function unknownLine(rows: readonly UnknownRow[], command: string | undefined): string {
  const named = rows
    .slice(0, ROWS_NAMED)
    .map(({ row, target }) => `row ${count(row)}: ${target.opportunityId} ${target.entity.id}`);
  const more = rows.length > ROWS_NAMED ? [`and ${count(rows.length - ROWS_NAMED)} more`] : [];
  const [is, it] = rows.length === 1 ? ['is', 'it'] : ['are', 'them'];
  const next =
    command === undefined
      ? `Look at ${it} in Partner Central.`
      : `What became of ${it} is read by: ${command}`;
  return `${counted(rows.length, 'row')} whose status is unknown ${is} left out (${[...named, ...more].join('; ')}): whether the run changed ${it} is not known. ${next}\n`;
}

type Doubts = readonly Pick<ChangeToUndo, 'inDoubt'>[];

/** Rows that are left out have no line in the results of an undo. */
export function rowsMeant(meant: Doubts, all: Doubts): string {
  const doubtful = all.filter(({ inDoubt }) => inDoubt).length;
  const changed = `${counted(all.length - doubtful, 'row')} that it changed`;
  const both = doubtful === 0 ? changed : `${changed} and ${count(doubtful)} in doubt`;
  const words = doubtful === all.length ? `${counted(doubtful, 'row')} in doubt` : both;
  return meant.length === all.length
    ? words
    : `${count(meant.length)} of the ${words} (the others are left out, and have no line in its results)`;
}

/** A line, or none. */
export function sharedWords(shared: number): string {
  if (shared === 0) return '';
  return `${counted(shared, 'replacement')} ${shared === 1 ? 'stays' : 'stay'} attached: other rows of the run, which are not taken back, have it in the place of theirs, too.\n`;
}

export const CHANGED_SINCE =
  'The results were changed since: undo goes by what the run noted. --where and --entities leave rows out.\n';
