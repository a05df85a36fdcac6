/** Retries go ahead of new rows; among equals the first come goes first. */
export type Priority = 'retry' | 'new';

export interface WaitingLine<T> {
  readonly size: () => number;
  readonly join: (item: T, priority: Priority) => void;
  /** Whether it was still in the line. */
  readonly leave: (item: T) => boolean;
  readonly first: () => T | undefined;
  /** All, in order; the line is empty then. */
  readonly leaveAll: () => readonly T[];
}

export function createWaitingLine<T>(): WaitingLine<T> {
  const retries = new Set<T>();
  const newcomers = new Set<T>();
  return {
    size: () => retries.size + newcomers.size,
    join: (item, priority) => {
      (priority === 'retry' ? retries : newcomers).add(item);
    },
    leave: (item) => retries.delete(item) || newcomers.delete(item),
    first: () => {
      for (const item of retries) return item;
      for (const item of newcomers) return item;
      return undefined;
    },
    leaveAll: () => {
      const all = [...retries, ...newcomers];
      retries.clear();
      newcomers.clear();
      return all;
    },
  };
}
