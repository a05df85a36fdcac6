import { expect, it } from 'vitest';
import { outageOverWords, outageWords } from '../../../../src/cli/words/progress/describe-outage.ts';
import { fault } from '../../../results/samples.ts';

it('says what came in place of an answer, on one line, and how long it is waited for', () => {
  expect(outageWords(fault('server', { message: 'HTTP 503 with text/html.' }), 900_000)).toBe(
    'No usable answer from the service: HTTP 503 with text/html. No call leaves until it answers; it is asked again now and then, for 15 min at most.\n',
  );
  const denied = fault('denied', { exception: 'AccessDeniedException', message: '' });
  expect(outageWords(denied, 30_000)).toBe(
    'Access, granted before, is denied: AccessDeniedException. No call leaves until it is granted again; it is asked again now and then, for 30 s at most.\n',
  );
});

it('promises no wait for a service that was never met', () => {
  const words = outageWords(fault('unreachable', { message: 'No route\nto it' }), undefined);
  expect(words).toBe('No usable answer from the service: No route to it. It is asked a few times more.\n');
});

it('says when it is over', () => {
  expect(outageOverWords(25_000)).toBe('The service answers again after 25 s: going on.\n');
});
