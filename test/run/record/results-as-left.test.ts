import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { resultsAsLeft } from '../../../src/run/record/results-as-left.ts';
import { foldJournal } from '../../../src/store/journal-state.ts';
import { pieces } from '../../results/samples.ts';

/** How results of these bytes stand, of which the run left the first ones. */
async function stand(left: string, now: string | undefined, isFinished = true): Promise<string> {
  const fold = foldJournal();
  const tally = { rows: 1, byStatus: {}, byException: {}, attempts: 0 };
  const resultsSha256 = createHash('sha256').update(left).digest('hex');
  if (isFinished) fold.add({ t: 'end', tally, resultsSha256, at: '2025-01-31T12:00:00.000Z' });
  return resultsAsLeft({
    state: fold.state(),
    publishedResults: async () => (now === undefined ? undefined : pieces(Buffer.from(now))),
  });
}

test('results are held against the hash that the run ended with', async () => {
  expect(await stand('a,b', 'a,b')).toBe('as left');
  expect(await stand('a,b', 'a,c')).toBe('changed');
  expect(await stand('a,b', undefined)).toBe('gone');
  expect(await stand('a,b', 'a,c', false)).toBe('not looked at');
});

test('long results are read no further than is quick', async () => {
  expect(await stand('a', 'a'.repeat(8_000_000))).toBe('changed');
  expect(await stand('a', 'a'.repeat(8_000_001))).toBe('not looked at');
});
