import { expect, test } from 'vitest';
import { thisMachine } from '../../../src/disk/machine.ts';
import { emptyTally } from '../../../src/input/rows/input-tally.ts';
import { readStatus, type RunStatus } from '../../../src/run/record/read-status.ts';
import type { SessionEntry } from '../../../src/store/journal-line.ts';
import { validRow } from '../../results/samples.ts';
import { makeRunFolder } from '../../store/files/run-folder/make-run-folder.ts';
import { realClock } from '../../pace/real-clock.ts';

const SESSION: SessionEntry = { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 100 };
const INPUT = ['Opportunity ID,Entity ID', validRow(0).cells.join(','), ''].join('\n');
const SURVEY = {
  tally: { ...emptyTally(), rows: 7, valid: 7 },
  statuses: [],
  unmapped: [],
  rowsToRun: 6,
  writesAtMost: 6,
  attachmentsAtMost: 0,
  unreplaced: 0,
  stillUnreplaced: 0,
  opportunities: 6,
};

async function statusAfter(session: SessionEntry): Promise<RunStatus> {
  const run = makeRunFolder(INPUT);
  run.journal(session);
  return readStatus(await run.record({ machine: thisMachine, clock: realClock }));
}

test('a status tells of the input what the session noted that reading it had told', async () => {
  expect(await statusAfter({ ...SESSION, survey: SURVEY })).toMatchObject({
    input: { rows: 7 },
    rowsToRun: 6,
  });
});

test.each([undefined, {}, { ...SURVEY, rowsToRun: '6' }])(
  'a status reads the input where that is not noted, or not as this version notes it',
  async (survey) => {
    const session = survey === undefined ? SESSION : { ...SESSION, survey };
    expect(await statusAfter(session)).toMatchObject({ input: { rows: 1 }, rowsToRun: 1 });
  },
);
