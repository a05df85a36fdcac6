import { expect, it } from 'vitest';
import { hintOf } from '../../../../src/cli/words/hints/hints.ts';

const hint = (purpose: string): string =>
  hintOf({ code: 'account_held', advice: { code: 'wait_for_holder_in_store', host: 'far', purpose } });

it('a worker that holds what is asked for is not stopped for it: its run is', () => {
  expect(hint('oppsweep worker, at 111122223333/spring')).toContain(
    'oppsweep fleet stop 111122223333/spring',
  );
  expect(hint('oppsweep undo people.results.csv')).toMatch(/^Wait for that process, or stop it/);
});

it('what was wrong with rows that were not submitted begins nothing that could go on', () => {
  const also = [{ code: 'sign_in', command: 'aws sso login', profile: 'p1' }] as const;
  const words = hintOf({ code: 'input_format', advice: { code: 'mend_accounts', also } });
  expect(words).toContain('aws sso login');
  expect(words).not.toMatch(/where this one stopped/);
});
