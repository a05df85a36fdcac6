import { expect } from 'vitest';

/** Matches any text with this in it. Typed as what it stands for to the compiler: vitest's own matchers are `any`. */
export function textWith(part: string | RegExp): unknown {
  return typeof part === 'string' ? expect.stringContaining(part) : expect.stringMatching(part);
}
