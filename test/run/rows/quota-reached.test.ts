import { expect, it } from 'vitest';
import { NO_PREFLIGHT } from '../../../src/calls/look/preflight.ts';
import { createLookAhead } from '../../../src/run/rows/look-ahead.ts';
import { settleInTurn } from '../../../src/run/rows/settle-in-turn.ts';
import { RunError } from '../../../src/model/run-error.ts';
import { validRow } from '../../results/samples.ts';
import { memoryJournal, setRowsStage } from './rows-stage.ts';

it('rows that have not begun when the quota is reached are turned away, and nothing is read for them', async () => {
  const reached = new RunError('quota_reached', 'The daily quota is used up.');
  const journal = { ...memoryJournal(), claim: () => Promise.reject(reached) };
  await using stage = await setRowsStage({ rows: 8, journal });
  const looked: number[] = [];
  const clear: typeof NO_PREFLIGHT.clear = (write, others) => {
    looked.push(looked.length);
    return NO_PREFLIGHT.clear(write, others);
  };
  const settle = settleInTurn(
    { ...stage.context, preflight: { ...NO_PREFLIGHT, clear } },
    createLookAhead(2),
  );
  const rows = Array.from({ length: 8 }, (_, ordinal) => settle(validRow(ordinal), undefined));
  const ends = await Promise.allSettled(rows);
  expect(ends).toEqual(rows.map(() => ({ status: 'rejected', reason: reached })));
  expect(looked).toHaveLength(2);
});
