import type { Dispatcher } from 'undici';

/** A dispatcher as one of its users has it. */
export interface DispatcherLease {
  readonly dispatcher: Dispatcher;
  /** Ends this user's part; the last one's end is that of the connections, of which `how` tells whether calls under way go on. */
  readonly end: (how: 'close' | 'destroy') => Promise<void>;
}

/** Dispatchers that the runs of a process share: hundreds of them, at a call a second each, need a few connections and not one each. */
export interface SharedDispatchers {
  /** The one for all that `key` tells; `open` makes it where there is none. */
  readonly take: (key: string, open: () => Dispatcher) => DispatcherLease;
}

export function shareDispatchers(): SharedDispatchers {
  const shared = new Map<string, { readonly dispatcher: Dispatcher; users: number }>();
  return {
    take: (key, open) => {
      const one = shared.get(key) ?? { dispatcher: open(), users: 0 };
      shared.set(key, one);
      one.users += 1;
      let ended = false;
      return {
        dispatcher: one.dispatcher,
        end: async (how) => {
          if (ended) return;
          ended = true;
          one.users -= 1;
          if (one.users > 0) return;
          shared.delete(key);
          await one.dispatcher[how]();
        },
      };
    },
  };
}
