import { describe, expect, it } from 'vitest';
import { changesSince } from '../../src/run/session-start.ts';
import type { SessionEntry } from '../../src/store/journal-line.ts';

const ANA = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana' };
const NOW = {
  t: 'session',
  at: '',
  callsPerSecond: 1,
  callsPerDay: 100,
  caller: ANA,
  options: { rate: 1 },
} as const;

function changes(before: Partial<SessionEntry>): ReturnType<typeof changesSince> {
  return changesSince({ ...NOW, ...before }, NOW);
}

describe('changesSince', () => {
  it('is nothing where caller and options are the same', () => {
    expect(changes({})).toEqual([]);
  });

  it('names another caller first, then each option by name', () => {
    expect(changes({ caller: null, options: { rate: 2, limit: 5 } })).toEqual([
      { kind: 'caller', before: null, now: ANA },
      { kind: 'option', name: 'limit', before: 5, now: undefined },
      { kind: 'option', name: 'rate', before: 2, now: 1 },
    ]);
  });

  it('of a session of an earlier version says that its caller was not noted, and nothing of its options', () => {
    const before: SessionEntry = { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 100 };
    expect(changesSince(before, NOW)).toEqual([{ kind: 'caller', before: undefined, now: ANA }]);
    expect(changesSince(before, { ...NOW, caller: null })).toEqual([]);
  });
});
