import { describe, expect, it } from 'vitest';
import { exitCodeOf, exitCodeWithin } from '../../../../src/cli/words/hints/stop-codes.ts';

describe('exitCodeOf', () => {
  it.each([
    'usage',
    'input_unreadable',
    'input_format',
    'input_columns',
    'input_changed',
    'output_unwritable',
    'results_exist',
    'credentials_missing',
    'confirmation_missing',
    'state_damaged',
    'address_in_use',
  ] as const)('is 2 where nothing was sent: %s', (code) => {
    expect(exitCodeOf(code)).toBe(2);
  });

  it.each([
    'run_held',
    'account_held',
    'quota_reached',
    'too_many_failures',
    'credentials_expired',
    'credentials_refused',
    'clock_skewed',
    'access_denied',
    'service_unreachable',
    'limit_reached',
    'results_unwritable',
  ] as const)('is 3 where the same command goes on: %s', (code) => {
    expect(exitCodeOf(code)).toBe(3);
  });

  it('is 128 and the signal’s number where one stopped the run', () => {
    expect([exitCodeOf('interrupted'), exitCodeOf('terminated')]).toEqual([130, 143]);
  });
});

describe('exitCodeWithin', () => {
  it('is 2 only where the same command would stop again: it is wrong itself, or the run is damaged', () => {
    expect([exitCodeWithin('input_format'), exitCodeWithin('limit_reached')]).toEqual([3, 3]);
    expect([exitCodeWithin('usage'), exitCodeWithin('state_damaged')]).toEqual([2, 2]);
    expect(exitCodeWithin('interrupted')).toBe(130);
  });
});
