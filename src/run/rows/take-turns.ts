/** Lets those who bear on the same things go one after the other, in the order they came; others side by side. */
export interface Turns {
  /** Whether somebody has one of these keys, so that who takes them has to wait. */
  readonly areTaken: (keys: readonly string[]) => boolean;
  /** Does the work once everyone who came before with one of these keys is done; rejects with them where they fail. */
  readonly take: <T>(keys: readonly string[], work: () => Promise<T>) => Promise<T>;
}

export function createTurns(): Turns {
  const newest = new Map<string, Promise<unknown>>();
  return {
    areTaken: (keys) => keys.some((key) => newest.has(key)),
    take: (keys, work) => {
      const before = keys.flatMap((key) => newest.get(key) ?? []);
      const turn = before.length === 0 ? work() : Promise.all(before).then(work);
      for (const key of keys) newest.set(key, turn);
      const ended = (): void => {
        for (const key of keys) if (newest.get(key) === turn) newest.delete(key);
      };
      // Heard before whoever waits for the turn: `finally` would hand on three promises more.
      turn.then(ended, ended);
      return turn;
    },
  };
}
