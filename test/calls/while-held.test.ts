import { expect, it } from 'vitest';
import { whileHeld } from '../../src/calls/while-held.ts';
import { writesFor } from '../../src/model/operation.ts';
import { setRowsStage } from '../run/rows/rows-stage.ts';
import { target } from '../results/samples.ts';

const [ATTACHED] = writesFor('associate', target(0));
const [TAKEN_AWAY] = writesFor('disassociate', target(0));
const ELEVEN_MINUTES_MS = 11 * 60_000;

it('reads what is known for long, or from an earlier session, and nothing that was seen a moment ago', async () => {
  await using stage = await setRowsStage({ rows: 1 });
  const { clock, stopSwitch, readPace } = stage.context;
  const before = whileHeld(ATTACHED, true, stage.context);
  await before();
  expect(readPace.counts().calls).toBe(0);
  await clock.sleep(ELEVEN_MINUTES_MS, stopSwitch.signal);
  await before();
  await before();
  expect(readPace.counts().calls).toBe(1);
  await whileHeld(ATTACHED, false, stage.context)();
  expect(readPace.counts().calls).toBe(2);
});

it('rejects once it is there no longer, after a read that may lag', async () => {
  await using stage = await setRowsStage({ rows: 1 });
  const { options, partnerCentral, readPace } = stage.context;
  const context = { ...stage.context, options: { ...options, readLagMs: 3_000 } };
  await partnerCentral.write(TAKEN_AWAY);
  await expect(whileHeld(ATTACHED, false, context)()).rejects.toMatchObject({
    fault: { kind: 'refused', exception: 'ReplacementGone' },
  });
  expect(readPace.counts().calls).toBe(2);
});
