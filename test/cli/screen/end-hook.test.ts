import { expect, it } from 'vitest';
import type { EventHook } from '../../../src/cli/process/event-hook.ts';
import { endHook } from '../../../src/cli/screen/end-hook.ts';
import { onAbort } from '../../../src/model/on-abort.ts';
import { createVirtualClock, type VirtualClock } from '../../pace/virtual-clock.ts';

interface Stage {
  readonly clock: VirtualClock;
  readonly said: readonly string[];
  readonly stop: () => void;
  readonly ended: Promise<void>;
}

/** A shell line that hangs until it is given up. */
function hangs(): Stage {
  const clock = createVirtualClock();
  const said: string[] = [];
  let stop: () => void = () => undefined;
  const drained: EventHook['drained'] = (giveUp) =>
    new Promise((resolve) => {
      if (giveUp !== undefined) onAbort(giveUp, () => resolve(['outage', 'stopped']));
    });
  const context = {
    clock,
    onStopSignal: (listener: (signal: 'SIGINT') => void) => (stop = () => listener('SIGINT')),
  };
  const ended = endHook({ drained }, context, (words) => said.push(words));
  return { clock, said, stop: () => stop(), ended };
}

const WAITING = 'Waiting for the command of --on-event to end, for 29 s at most; Ctrl-C ends it at once.\n';
const ENDED = 'The command of --on-event was ended before it had been told of: outage, stopped.\n';

it('all events that are left have one time limit together, and it is said that they are waited for', async () => {
  const { clock, said, ended } = hangs();
  await clock.run(ended);
  expect(said).toEqual([WAITING, ENDED]);
  expect(clock.trueMs()).toBe(30_000);
});

it('a stop signal ends the wait for the shell line at once', async () => {
  const { said, stop, ended } = hangs();
  stop();
  await ended;
  expect(said).toEqual([ENDED]);
});

it('nothing is said of a shell line that ends soon', async () => {
  const said: string[] = [];
  const clock = createVirtualClock();
  const hook = { drained: async () => [] };
  await endHook(hook, { clock, onStopSignal: () => undefined }, (words) => said.push(words));
  clock.advance(60_000);
  expect(said).toEqual([]);
});
