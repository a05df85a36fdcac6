import { describe, expect, it } from 'vitest';
import { endEntry, summarise, type Summary } from '../../src/store/summary.ts';
import type { Session } from '../../src/store/sessions.ts';
import { JOB, sessionOf } from '../results/samples.ts';

const PARTS = {
  command: 'disassociate',
  catalog: 'Sandbox',
  endpoint: 'emulator',
  results: { name: 'people.results.csv', sha256: 'def' },
  counts: { rows: 1, byStatus: { disassociated: 1 }, byException: {}, attempts: 1 },
  finishedAt: '2025-01-31T13:00:00.000Z',
} as const;
const ANA = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana' };
const BEN = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ben' };

function summaryOf(...sessions: readonly Session[]): Summary {
  return summarise(JOB, { ...PARTS, sessions });
}

describe('summarise', () => {
  it('joins what the run began with and what it came to', () => {
    const session = sessionOf({ caller: ANA, options: { rate: 1 }, writes: 1 });
    expect(summaryOf(session)).toEqual({
      ...PARTS,
      version: 1,
      terms: { operation: 'disassociate' },
      caller: ANA,
      options: { rate: 1 },
      calls: { writes: 1, reads: 0, throttles: 0 },
      sessions: [session],
      tool: 'oppsweep 0.0.0',
      runId: 'run-1',
      input: { name: 'people.csv', bytes: 12, sha256: 'abc' },
      startedAt: '2025-01-31T12:00:00.000Z',
    });
  });

  it('adds up the calls of all sessions; of one that was cut off, what its journal tells', () => {
    const cutOff = sessionOf({ writes: 2, reads: null, throttles: null });
    const { calls } = summaryOf(cutOff, sessionOf({ writes: 1, reads: 5, throttles: 1, rereads: 2 }));
    expect(calls).toEqual({ writes: 3, reads: 5, throttles: 1, rereads: 2 });
  });

  it('names no caller for all where there were two, and no option that was not everybody’s', () => {
    const { caller, options } = summaryOf(
      sessionOf({ caller: ANA, options: { rate: 1, protectLast: false, limit: 2 } }),
      sessionOf({ caller: BEN, options: { rate: 1, protectLast: true } }),
    );
    expect(caller).toBeNull();
    expect(options).toEqual({ rate: 1 });
  });

  it('names no caller for all where one session’s is not known', () => {
    expect(summaryOf(sessionOf(), sessionOf({ caller: ANA })).caller).toBeNull();
  });
});

describe('endEntry', () => {
  it('has the calls of the session that it ends', () => {
    const summary = summaryOf(sessionOf({ writes: 7 }), sessionOf({ writes: 1, reads: 2, throttles: 0 }));
    expect(endEntry(summary)).toEqual({
      t: 'end',
      tally: PARTS.counts,
      resultsSha256: 'def',
      at: PARTS.finishedAt,
      calls: { writes: 1, reads: 2, throttles: 0 },
    });
  });
});
