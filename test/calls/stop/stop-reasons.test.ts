import { describe, expect, it } from 'vitest';
import { hintOf } from '../../../src/cli/words/hints/hints.ts';
import {
  accessDenied,
  clockSkewed,
  credentialsRejected,
  limitReached,
  quotaGoneElsewhere,
  readingDenied,
  serviceUnreachable,
  stoppedBySignal,
  tooManyFailures,
} from '../../../src/calls/stop/stop-reasons.ts';
import { fault } from '../../results/samples.ts';

const REASONS = [
  quotaGoneElsewhere(3),
  serviceUnreachable(fault('unreachable'), 'the first 5 calls'),
  accessDenied(fault('denied')),
  readingDenied(fault('denied')),
  credentialsRejected(fault('credentials')),
  clockSkewed(fault('clock')),
  limitReached(5),
  tooManyFailures(6, 10, '5'),
  stoppedBySignal('SIGINT'),
];

describe('a reason to stop', () => {
  it.each(REASONS)('says what to do next, the same command among it ($code)', (reason) => {
    expect(reason.message).toMatch(/^[A-Z0-9].+\.$/);
    expect(hintOf(reason)).toMatch(/same command/);
  });

  it('gives the service’s words on one line', () => {
    const denied = fault('denied', { exception: 'AccessDeniedException', message: 'No.\nNot you.' });
    expect(accessDenied(denied).message).toMatch(/AccessDeniedException: No\. Not you\.$/);
    expect(accessDenied({ ...denied, message: '' }).message).toMatch(/AccessDeniedException$/);
  });

  it.each([
    [90_000, '1.5 minutes behind'],
    [-3_600_000, '60 minutes ahead of'],
  ])('says how far the clock is off: %i ms', (clockSkewMs, words) => {
    expect(clockSkewed(fault('clock', { clockSkewMs })).message).toContain(words);
  });

  it('makes up no figure where the service told no time', () => {
    expect(clockSkewed(fault('clock')).message).toBe(
      "This machine's clock is off, and calls are refused for it.",
    );
  });

  it.each([
    ['SIGINT', 'interrupted'],
    ['SIGTERM', 'terminated'],
  ] as const)('tells %s by its code', (signal, code) => {
    expect(stoppedBySignal(signal).code).toBe(code);
  });
});
