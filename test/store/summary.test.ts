import { describe, expect, it } from 'vitest';
import { summarise } from '../../src/store/summary.ts';
import { JOB } from '../results/samples.ts';

describe('summarise', () => {
  it('joins what the run began with and what it came to', () => {
    const parts = {
      command: 'disassociate',
      catalog: 'Sandbox',
      endpoint: 'emulator',
      caller: null,
      options: { rate: 1 },
      results: { name: 'people.results.csv', sha256: 'def' },
      counts: { rows: 1, byStatus: { disassociated: 1 }, byException: {}, attempts: 1 },
      calls: { writes: 1, reads: 0, throttles: 0 },
      finishedAt: '2025-01-31T13:00:00.000Z',
    } as const;
    expect(summarise(JOB, parts)).toEqual({
      ...parts,
      tool: 'oppsweep 0.0.0',
      runId: 'run-1',
      input: { name: 'people.csv', bytes: 12, sha256: 'abc' },
      startedAt: '2025-01-31T12:00:00.000Z',
    });
  });
});
