/** Lets those who bear on the same things go one after the other, in the order they came; others side by side. */
export interface Turns {
  /** Resolves once everyone who came before with one of these keys has ended; gives what ends the turn. */
  readonly take: (keys: readonly string[]) => Promise<() => void>;
}

export function createTurns(): Turns {
  const newest = new Map<string, Promise<void>>();
  return {
    take: async (keys) => {
      const before = keys.flatMap((key) => newest.get(key) ?? []);
      let end = (): void => undefined;
      const turn = new Promise<void>((resolve) => {
        end = resolve;
      });
      for (const key of keys) newest.set(key, turn);
      await Promise.all(before);
      return () => {
        for (const key of keys) if (newest.get(key) === turn) newest.delete(key);
        end();
      };
    },
  };
}
