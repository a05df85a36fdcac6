import { expect, it } from 'vitest';
import { latePace } from '../../src/pace/late-pace.ts';
import { paceScene } from './pace-scene.ts';

it('makes no pace for its counts, and one for all that it is asked to do', async () => {
  const { pace, job } = paceScene();
  let made = 0;
  const late = latePace(() => {
    made += 1;
    return pace;
  });
  expect([late.counts(), late.inFlight(), made]).toEqual([{ calls: 0, throttles: 0 }, 0, 0]);
  expect(await late.schedule(job(async () => 'called'))).toBe('called');
  expect(await late.schedule(job(async () => 'again'))).toBe('again');
  expect([late.counts(), made]).toEqual([pace.counts(), 1]);
});

it('lets nothing through once it is closed, though it never called', async () => {
  const { pace, job } = paceScene();
  const late = latePace(() => pace);
  await late.close();
  await expect(late.schedule(job(async () => 'called'))).rejects.toThrow('closed');
});
