import { expect, test } from 'vitest';
import { verifyRemains } from '../../../../src/run/record/verify/verify-remains.ts';
import { summarise } from '../../../../src/store/summary.ts';
import { JOB, sessionOf } from '../../../results/samples.ts';

test('without the folder, what the sessions settled is held against the results all the same', () => {
  const counts = { rows: 2, byStatus: { already_absent: 1, disassociated: 1 } };
  const verify = (settled: number): readonly boolean[] => {
    const summary = summarise(JOB, {
      command: 'disassociate',
      catalog: 'Sandbox',
      endpoint: 'emulator',
      results: { name: 'people.results.csv', sha256: 'ab' },
      counts: { ...counts, byException: {}, attempts: 2 },
      sessions: [sessionOf({ rows: { disassociated: settled } })],
      finishedAt: '2025-01-31T12:00:02.000Z',
    });
    return verifyRemains({ sha256: 'ab', counts }, summary).checks.map(({ sound }) => sound);
  };
  expect(verify(1)).toEqual([true, true, true]);
  // One of them was forged, and hash and counts made to fit.
  expect(verify(2)).toEqual([true, true, false]);
});
