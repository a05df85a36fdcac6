import { onAbort } from '../../model/on-abort.ts';
import type { Hold } from '../../pace/hold.ts';

export interface SwitchedHold extends Hold {
  readonly turnOn: () => void;
  readonly turnOff: () => void;
}

export function createHold(): SwitchedHold {
  const waiting = new Set<() => void>();
  let on = false;
  return {
    isOn: () => on,
    over: (signal) =>
      new Promise((resolve, reject) => {
        // The caller's own reason, whatever it is.
        if (signal.aborted) return reject(signal.reason as Error);
        if (!on) return resolve();
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
      on = true;
    },
    turnOff: () => {
      on = false;
      const all = [...waiting];
      waiting.clear();
      for (const goOn of all) goOn();
    },
  };
}
