import type { WorkEvents } from '../../../fleet/work.ts';
import type { Clock } from '../../../model/clock.ts';
import { runName, type AfterSlice, type FleetRun, type FleetStop } from '../../../store/fleet/fleet-store.ts';
import { describeAfter, describeHeld, heldElsewhere } from '../../words/fleet/describe-fleet.ts';

/** What a worker says of its runs. */
export interface ToldRuns extends WorkEvents {
  /** Its first call is about to leave. */
  readonly underWay: (run: FleetRun) => void;
}

const AGAIN_MS = 10 * 60_000;

/** A run that somebody else holds is tried every few seconds: that is told as it begins, every ten minutes, and as it ends. */
export function tellRuns(
  say: (words: string) => void,
  { monotonicMs }: Pick<Clock, 'monotonicMs'>,
): ToldRuns {
  const held = new Map<string, { readonly by: string; readonly toldAtMs: number }>();
  const stillHeld = (name: string, { message }: FleetStop): boolean => {
    const before = held.get(name);
    return before?.by === message && monotonicMs() - before.toldAtMs < AGAIN_MS;
  };
  return {
    began: (run) => {
      if (!held.has(runName(run))) say(`${runName(run)}  taken up`);
    },
    underWay: (run) => {
      if (held.delete(runName(run))) say(`${runName(run)}  taken up: nobody else holds it any more`);
    },
    ended: (run, after) => {
      const name = runName(run);
      const stop = heldElsewhere(stopOf(after));
      if (stop === undefined) {
        held.delete(name);
        say(describeAfter(run, after));
      } else if (!stillHeld(name, stop)) {
        held.set(name, { by: stop.message, toldAtMs: monotonicMs() });
        say(describeHeld(name, stop));
      }
    },
  };
}

function stopOf(after: AfterSlice): FleetStop | undefined {
  return after.kind === 'finished' ? undefined : after.stop;
}
