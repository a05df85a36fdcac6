import type { CallTimes } from './earliest-start.ts';

/** The newest times, up to `capacity`: 8 bytes each, grown as needed. */
export interface CallRing extends CallTimes {
  /** `timeMs` is no earlier than the newest. Forgets the oldest where the ring is full. */
  readonly push: (timeMs: number) => void;
  /** A time that is in it turns out to be a later one. */
  readonly postpone: (timeMs: number, laterMs: number) => void;
  /** Forgets what is `sinceMs` or older. */
  readonly forgetUntil: (sinceMs: number) => void;
}

const FIRST_SLOTS = 64;

export function createCallRing(capacity: number): CallRing {
  let slots = new Float64Array(Math.min(FIRST_SLOTS, capacity));
  let first = 0;
  let length = 0;

  const at = (index: number): number | undefined => {
    const position = index < 0 ? length + index : index;
    if (position < 0 || position >= length) return undefined;
    return slots[(first + position) % slots.length];
  };
  const forgetOldest = (): void => {
    first = (first + 1) % slots.length;
    length -= 1;
  };
  const grow = (): void => {
    const larger = new Float64Array(Math.min(slots.length * 2, capacity));
    const headLength = Math.min(length, slots.length - first);
    larger.set(slots.subarray(first, first + headLength));
    larger.set(slots.subarray(0, length - headLength), headLength);
    slots = larger;
    first = 0;
  };

  return {
    get length() {
      return length;
    },
    at,
    push: (timeMs) => {
      if (length === capacity) forgetOldest();
      else if (length === slots.length) grow();
      slots[(first + length) % slots.length] = timeMs;
      length += 1;
    },
    postpone: (timeMs, laterMs) => {
      let position = length - 1;
      while (position >= 0 && at(position) !== timeMs) position -= 1;
      // Forgotten meanwhile: the newer ones hold the next call up for longer.
      if (position < 0) return;
      for (; (at(position + 1) ?? Number.POSITIVE_INFINITY) < laterMs; position += 1) {
        slots[(first + position) % slots.length] = at(position + 1) ?? laterMs;
      }
      slots[(first + position) % slots.length] = laterMs;
    },
    forgetUntil: (sinceMs) => {
      while ((at(0) ?? Number.POSITIVE_INFINITY) <= sinceMs) forgetOldest();
    },
  };
}
