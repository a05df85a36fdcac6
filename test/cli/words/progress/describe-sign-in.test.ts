import { expect, it } from 'vitest';
import {
  signInBackWords,
  signInEndsWords,
  signInWords,
} from '../../../../src/cli/words/progress/describe-sign-in.ts';
import { RunError } from '../../../../src/model/run-error.ts';

const HOUR_MS = 3_600_000;

it('a sign-in that ended is told with its cause, what is done, and the command that mends it', () => {
  const advice = { code: 'sign_in', command: 'aws sso login', profile: 'my work' } as const;
  const why = new RunError('credentials_expired', 'The AWS sign-in has expired.', advice);
  expect(signInWords(why, 12 * HOUR_MS)).toBe(
    'The AWS sign-in has expired. No call leaves until there is a new sign-in; it is looked for each minute, ' +
      "for 12 h at most. Sign in: aws sso login --profile 'my work'\n",
  );
  const shown = new RunError('credentials_expired', 'ExpiredTokenException: it is expired');
  expect(signInWords(shown, HOUR_MS)).toContain('it is expired. No call leaves');
  expect(signInWords(undefined, HOUR_MS)).toContain('does not accept the credentials');
  expect(signInBackWords(91 * 60_000)).toBe(
    'There is a new sign-in after 1 h 31 min: it goes on with that.\n',
  );
});

it('a sign-in that ends before the run does is told at the start, with what will be', () => {
  const ends = { endsAtMs: 8 * HOUR_MS, finishMs: 96 * HOUR_MS, nowMs: 0 };
  expect(signInEndsWords({ ...ends, waits: undefined })).toBe(
    'The sign-in ends in 8 h, and the run takes about 4 d. Without a new one the run stops then, and the same ' +
      'command goes on; with --wait-for-credentials HOURS it waits.\n',
  );
  expect(signInEndsWords({ ...ends, waits: 2 })).toContain('waits for a new one, for 2 h at most.');
});
