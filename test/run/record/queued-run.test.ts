import { expect, test } from 'vitest';
import { thisMachine } from '../../../src/disk/machine.ts';
import { readStatus } from '../../../src/run/record/read-status.ts';
import { makeRunFolder } from '../../store/files/run-folder/make-run-folder.ts';

const NOW_MS = Date.UTC(2025, 0, 31, 12);
const clock = { wallMs: () => NOW_MS, monotonicMs: () => 0, sleep: async () => undefined };

test('the status of a run that waits in a queue proposes no command', async () => {
  const run = makeRunFolder('Opportunity ID,Entity ID\nO1000001,S-0000001\n');
  const goOn = 'oppsweep fleet resume 111122223333/spring';
  run.journal(
    { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 100, goOn },
    { t: 'stop', code: 'quota_reached', message: 'It is.', at: '' },
  );
  const record = await run.record({ machine: thisMachine, clock });
  expect(await readStatus(record)).toMatchObject({ goOn });
  const queued = await readStatus({ ...record, nextAtMs: NOW_MS + 60_000 });
  expect(queued).toMatchObject({ state: 'stopped', goOn: undefined, nextAtMs: NOW_MS + 60_000 });
});
