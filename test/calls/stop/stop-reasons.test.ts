import { describe, expect, it } from 'vitest';
import { hintOf } from '../../../src/cli/words/hints/hints.ts';
import {
  accessDenied,
  clockSkewed,
  credentialsRejected,
  limitReached,
  outlasted,
  quotaGoneElsewhere,
  readingDenied,
  serviceUnreachable,
  stoppedBySignal,
  tooManyFailures,
} from '../../../src/calls/stop/stop-reasons.ts';
import { fault } from '../../results/samples.ts';

const ACTION = 'partnercentral:AssociateOpportunity';

const REASONS = [
  quotaGoneElsewhere(3),
  serviceUnreachable(fault('unreachable'), 'the first 5 calls'),
  accessDenied(fault('denied'), ACTION),
  readingDenied(fault('denied')),
  credentialsRejected(fault('credentials')),
  clockSkewed(fault('clock')),
  limitReached(),
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
    expect(accessDenied(denied, ACTION).message).toMatch(/AccessDeniedException: No\. Not you\.$/);
    expect(accessDenied({ ...denied, message: '' }, ACTION).message).toMatch(/AccessDeniedException$/);
  });

  it('names the action that was denied, and no other', () => {
    const hint = hintOf(accessDenied(fault('denied'), ACTION));
    expect(hint).toContain(`allows ${ACTION} on this catalog.`);
    expect(hint).not.toContain('Disassociate');
  });

  it('says of a long outage how long it was waited for, by its code', () => {
    expect(outlasted(fault('denied'), 60_000)).toMatchObject({ code: 'access_denied' });
    expect(outlasted(fault('server', { message: 'HTTP 503.' }), 900_000)).toMatchObject({
      code: 'service_unreachable',
      message: 'The service gave no usable answer (waited for 15 minutes): HTTP 503.',
    });
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
    ['SIGHUP', 'terminated'],
  ] as const)('tells %s by its code', (signal, code) => {
    expect(stoppedBySignal(signal).code).toBe(code);
  });
});
