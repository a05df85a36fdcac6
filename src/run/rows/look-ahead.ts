import { onAbort } from '../../model/on-abort.ts';

/** Bounds how many rows wait for their call at once: reads made beforehand are then never long before their write. */
export interface LookAhead {
  /** Resolves once there is a place; gives what leaves it, which may be called twice. Rejects with the signal's reason. */
  readonly enter: (signal: AbortSignal) => Promise<() => void>;
  /** Whether who enters has to wait. */
  readonly isFull: () => boolean;
}

export function createLookAhead(places: number): LookAhead {
  let free = places;
  const line: (() => void)[] = [];
  const leaveOnce = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = line.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };
  return {
    isFull: () => free === 0,
    enter: (signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error); // The caller's own reason, whatever it is.
        if (free > 0) {
          free -= 1;
          return resolve(leaveOnce());
        }
        const admit = (): void => {
          stay();
          resolve(leaveOnce());
        };
        const stay = onAbort(signal, () => {
          line.splice(line.indexOf(admit), 1);
          reject(signal.reason as Error); // The caller's own reason, whatever it is.
        });
        return line.push(admit);
      }),
  };
}
