import { RunError } from '../../model/run-error.ts';
import type { Caller } from '../../store/journal-line.ts';
import type { RunContents } from '../../store/run-store.ts';

/** A store's own name for a run, where STS told whose it is. */
const OF_ACCOUNT = /^(\d{12})\//;

/** The accounts that a run is of, as far as that is known: one, but for runs of an earlier version that went on with another. */
export function accountsOf({ places, state }: Pick<RunContents, 'places' | 'state'>): readonly string[] {
  const told = state.sessions.flatMap(({ caller }) => caller?.account ?? []);
  const [, kept = []] = OF_ACCOUNT.exec(places.run ?? '') ?? [];
  return [...new Set(told.concat(kept))];
}

/**
 * Refuses to go on with a run, or to take it back, in another account than it was of: none of its rows has anything to do with that one.
 * Where STS tells no caller, nobody knows.
 *
 * @throws RunError `usage`
 */
export function assertAccountOf(accounts: readonly string[], caller: Caller | null): void {
  if (caller === null || accounts.length === 0 || accounts.includes(caller.account)) return;
  const of = accounts.join(', ');
  throw new RunError(
    'usage',
    `The run is of account ${of}, and these credentials sign in to ${caller.account}.`,
    { code: 'sign_in_to_account', account: of },
  );
}
