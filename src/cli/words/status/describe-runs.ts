import type { RunStatus, SoundStatus } from '../../../run/record/read-status.ts';
import { isPlan } from '../../../store/given-terms.ts';
import type { Holder } from '../../../store/holder.ts';
import { nameOnOneLine } from '../../process/terminal.ts';
import { count } from '../amounts.ts';
import { isRehearsalAt } from './describe-where.ts';

/** Its input, its state, how far it has come, and what it is known by. */
export type RunLine = readonly [input: string, state: string, rows: string, known: string];

export function runLine(found: RunStatus, known: string): RunLine {
  return [found.job.input.name, ...standing(found), known];
}

/** A line a run, aligned. */
export function describeRuns(runs: readonly RunLine[]): string {
  const rows = runs.map((row) => row.map(nameOnOneLine));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`)
    .join('');
}

/** A run's state in one word. */
export function stateWord({ state, nextAtMs, holder }: WorkedOn): string {
  if (state === 'running' && holder?.suspended === true) return 'suspended';
  return nextAtMs === undefined ? state : 'waiting';
}

type WorkedOn = Pick<SoundStatus, 'state' | 'nextAtMs' | 'holder'>;

/** Behind the name of a process that is suspended, how it goes on. */
export function wakeWords({ pid, suspended }: Holder): string {
  return suspended === true ? `; fg in its terminal, or kill -CONT ${pid}, lets it go on` : '';
}

function standing(found: RunStatus): readonly [state: string, rows: string] {
  if (found.journalFault !== undefined) return ['DAMAGED', 'rows not known'];
  const { terms } = found.job;
  const kind = `${kindWords(terms)}${isRehearsalAt(terms) ? ', a rehearsal' : ''}`;
  const { stop, settled, rowsToRun, end, input } = found;
  const reason = stop === undefined ? '' : ` (${stop.code})`;
  const done = end === undefined ? `${count(settled.rows)} of ${count(rowsToRun)}` : count(input.rows);
  const lock = found.lockFault === undefined ? '' : ', lock unreadable';
  return [`${stateWord(found)}${reason}${kind}${lock}`, `${done} rows`];
}

/** Nothing of a run that removes associations. */
function kindWords(terms: Readonly<Record<string, string>>): string {
  const { command = '' } = terms;
  if (isPlan(terms)) return command === 'undo' ? ', a plan of an undo' : ', a plan';
  return { undo: ', an undo', associate: ', associates' }[command] ?? '';
}
