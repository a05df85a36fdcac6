/** How long a call that may leave takes at the least until its request is written: signing, and the way to the socket. */
export interface LeastLead {
  /** Milliseconds; 0 until a call has shown it. */
  readonly leastMs: () => number;
  readonly note: (leadMs: number) => void;
}

/** Calls that tell: one that was quick for once is soon forgotten. */
const REMEMBERED = 16;
/** A small part of what the window keeps back: a call that is quicker still comes too early by less. */
const LONGEST_MS = 1;

export function createLeastLead(): LeastLead {
  const leadsMs: number[] = [];
  return {
    leastMs: () => (leadsMs.length === 0 ? 0 : Math.min(LONGEST_MS, ...leadsMs)),
    note: (leadMs) => {
      leadsMs.push(leadMs);
      if (leadsMs.length > REMEMBERED) leadsMs.shift();
    },
  };
}
