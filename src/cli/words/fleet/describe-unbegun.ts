import { runName, type FleetRun } from '../../../store/fleet/fleet-store.ts';
import { onOneLine } from '../../process/terminal.ts';
import { count, counted, moment } from '../amounts.ts';
import { shellWords } from '../hints/shell-words.ts';
import { withFlags } from '../option-spelling.ts';

/** Of a run that no worker has begun, in one word. */
export function unbegunState({ state }: FleetRun): string {
  return state === 'queued' ? 'waiting' : state;
}

/** In a list of runs: its input, its state, its rows, and its name. */
export function unbegunRow(run: FleetRun): readonly [string, string, string, string] {
  const { inputName, rowsToRun, stop } = run;
  const reason = stop === undefined ? '' : ` (${stop.code})`;
  return [inputName, `${unbegunState(run)}${reason}`, `0 of ${count(rowsToRun)} rows`, runName(run)];
}

/** Where it stands, and what lets it go on. */
export function describeUnbegun(run: FleetRun, nowMs: number): string {
  const { inputName, rowsToRun, nextAtMs, state, stop } = run;
  const name = runName(run);
  const isLater = nextAtMs !== undefined && nextAtMs > nowMs;
  const when = isLater ? `at ${moment(nextAtMs, nowMs)}` : 'as soon as one has a place';
  const lines = [
    `${name}, the run of ${inputName}: ${unbegunState(run)}; it has not begun${state === 'queued' ? `, and a worker takes it up ${when}` : ''}`,
    `${counted(rowsToRun, 'row')} to send`,
    ...(stop === undefined ? [] : [`Reason: ${stop.code}: ${withFlags(stop.message)}`]),
    ...(state === 'queued' ? [] : [`Go on:  oppsweep fleet resume ${shellWords([name])}`]),
    '',
  ];
  return onOneLine([inputName, name])(lines.join('\n'));
}
