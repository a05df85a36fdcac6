import { expect, test } from 'vitest';
import { readFleet } from '../../src/fleet/read-fleet.ts';
import { memoryRuns } from '../../src/store/memory/memory-runs.ts';
import { systemClock } from '../../src/disk/system-clock.ts';
import type { FleetRun } from '../../src/store/fleet/fleet-store.ts';

/** One of its rows is invalid. */
const RUN: FleetRun = {
  fleet: 'spring',
  account: '111122223333',
  options: JSON.stringify({ run: { catalog: 'AWS' }, endpoint: 'http://127.0.0.1:8080/' }),
  inputName: 'a.csv',
  rows: 91,
  rowsToRun: 90,
  state: 'queued',
  nextAtMs: undefined,
  stop: undefined,
};

test('rows done and left are the rows, and those that are never sent are none of them', async () => {
  const [told] = await readFleet([RUN], memoryRuns(systemClock));
  expect(told).toMatchObject({ rows: 90, rowsDone: 0, rowsLeft: 90, rowsNeverSent: 1 });
});

test('where its calls go is told; of a fleet that an earlier version has submitted, only its catalog is known', async () => {
  const runs = memoryRuns(systemClock);
  const earlier = { ...RUN, options: JSON.stringify({ run: { catalog: 'AWS' } }) };
  const [told, before] = await readFleet([RUN, earlier], runs);
  expect(told).toMatchObject({ catalog: 'AWS', endpoint: 'http://127.0.0.1:8080', awsOwn: false });
  expect(before).toMatchObject({ catalog: 'AWS', endpoint: undefined });
});
