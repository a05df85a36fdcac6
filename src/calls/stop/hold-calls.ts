import { onAbort } from '../../model/on-abort.ts';
import type { Hold } from '../../model/call.ts';

/** On while somebody has turned it on, and not off again. */
export interface SwitchedHold extends Hold {
  readonly turnOn: () => void;
  readonly turnOff: () => void;
}

export function createHold(): SwitchedHold {
  const waiting = new Set<() => void>();
  let holders = 0;
  return {
    isOn: () => holders > 0,
    over: (signal) =>
      new Promise((resolve, reject) => {
        // The caller's own reason, whatever it is.
        if (signal.aborted) return reject(signal.reason as Error);
        if (holders === 0) return resolve();
        const goOn = (): void => {
          stay();
          resolve();
        };
        const stay = onAbort(signal, () => {
          waiting.delete(goOn);
          reject(signal.reason as Error);
        });
        return waiting.add(goOn);
      }),
    turnOn: () => {
      holders += 1;
    },
    turnOff: () => {
      holders -= 1;
      if (holders > 0) return;
      const all = [...waiting];
      waiting.clear();
      for (const goOn of all) goOn();
    },
  };
}

/** The second ends last: what it has seen is the newest when the call goes on. */
export function eitherOf(first: Hold, second: Hold): Hold {
  return {
    isOn: () => first.isOn() || second.isOn(),
    over: async (signal) => {
      for (const one of [first, second]) if (one.isOn()) await one.over(signal);
    },
  };
}
