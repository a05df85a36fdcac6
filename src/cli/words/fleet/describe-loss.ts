import type { RestingRun } from '../../../store/fleet/fleet-store.ts';
import { count, counted } from '../amounts.ts';

const STATES = {
  finished: 'finished',
  unfinished: 'begun and not finished',
  'not begun': 'never begun',
} as const satisfies Readonly<Record<RestingRun['state'], string>>;

/** What goes with a fleet, and what stays. */
export function describeLoss(fleet: string, runs: readonly RestingRun[]): string {
  const parts = Object.entries(STATES).flatMap(([state, words]) => {
    const of = runs.filter((run) => run.state === state).length;
    return of === 0 ? [] : [`${count(of)} ${words}`];
  });
  return [
    `Fleet    ${fleet}: ${counted(runs.length, 'run')}, ${parts.join(', ')}`,
    'Lost     their inputs, journals and results in the store, and so the proof of what was sent, the report, and undo',
    'Kept     what they did in Partner Central, the calls that count for each account’s quota, and results that were fetched',
    '',
  ].join('\n');
}
