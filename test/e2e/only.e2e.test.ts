import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from './file-stage.ts';
import { PROGRAM, startProcess, type Ended } from './program.ts';
import { column } from './results-file.ts';

const ROWS = 8;
/** Rows 3 and 5 of the data are refused once. */
const REFUSED = ['O3', 'O5'];
const REFUSED_AT = [2, 4];

test.concurrent('the command that is printed at the end runs the failed rows again, and carries the others', async (task) => {
  const stage = await stageWithFailures(task);
  const first = await stage.run('disassociate', 'job.csv');
  expect(first.code).toBe(1);
  const before = stage.results();
  const writesBefore = (await stage.writes()).length;

  const again = await runAsPrinted(first, stage);

  expect(again.code).toBe(0);
  const after = stage.results('job.again.results.csv');
  expect(Object.keys(after[0] ?? {})).toEqual(Object.keys(before[0] ?? {}));
  expect(after.filter((_, index) => !REFUSED_AT.includes(index))).toEqual(
    before.filter((_, index) => !REFUSED_AT.includes(index)),
  );
  expect((await stage.writes()).slice(writesBefore).map(({ what }) => what.split(' ')[1])).toEqual(REFUSED);
  for (const index of REFUSED_AT) {
    expect([before[index]?.['status'], after[index]?.['status']]).toEqual(['failed', 'disassociated']);
    expect([before[index]?.['attempts'], after[index]?.['attempts']]).toEqual(['1', '2']);
    const ids = after[index]?.['request_ids']?.split(' ') ?? [];
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(before[index]?.['request_ids']);
    expect(after[index]?.['started_at']).toBe(before[index]?.['started_at']);
  }
});

test.concurrent('names with spaces and quotes survive the printed command', async (task) => {
  const stage = await stageWithFailures(task);
  const name = "Ann's clean-up (1).csv";
  stage.folder.write(name, stage.folder.read('job.csv'));
  const first = await stage.run('disassociate', name);

  const again = await runAsPrinted(first, stage);

  expect(again.code).toBe(0);
  expect(column(stage.results("Ann's clean-up (1).again.results.csv"), 'status')).toEqual(
    Array.from({ length: ROWS }, () => 'disassociated'),
  );
});

test.concurrent('invalid rows, corrected in the user’s own columns, run again with --only invalid', async (task) => {
  const { job, held } = removals();
  const [header = [], first = [], ...rest] = job;
  const damaged = [header, [first[0] ?? '', 'Solutions', 'S 0000001'], ...rest];
  const stage = await setFileStage(task, { job: damaged, held });
  expect((await stage.run('disassociate', 'job.csv')).code).toBe(1);
  expect(stage.results()[0]?.['status']).toBe('invalid');
  const results = stage.folder.read('job.results.csv');
  stage.folder.write('corrected.results.csv', results.replace('S 0000001', 'S-0000001'));

  const again = await stage.run('disassociate', 'corrected.results.csv', '--only', 'invalid');

  expect(again.code).toBe(0);
  const after = stage.results('corrected.again.results.csv');
  expect(after[0]).toMatchObject({ status: 'disassociated', entity_id: 'S-0000001', attempts: '1' });
  expect(after.slice(1)).toEqual(stage.results().slice(1));
  expect(await stage.emulator.held()).toEqual([]);
});

test.concurrent('--only without a results file is refused', async (task) => {
  const stage = await setFileStage(task, removals());

  const ended = await stage.run('disassociate', 'job.csv', '--only', 'failed');

  expect(ended.stderr).toContain('job.csv is no results file');
  expect(ended.code).toBe(2);
});

test.concurrent('status tells of a run that is running, stopped and finished', async (task) => {
  const stage = await setFileStage(task, removals(), ['--latency', '150']);
  const running = stage.start('disassociate', 'job.csv', '--concurrency', '1');
  while ((await stage.emulator.held()).length > ROWS - 2) await delay(10);

  const under = await stageStatus(stage, '--json');
  running.send('SIGINT');
  await running.ended;
  const stopped = await stageStatus(stage, '--json');
  const inWords = await stageStatus(stage);
  await stage.run('disassociate', 'job.csv');
  const finished = await stageStatus(stage, '--json', '--verify');

  expect(told(under)).toMatchObject({ state: 'running', input: { valid: ROWS } });
  expect(told(stopped)).toMatchObject({ state: 'stopped', inDoubt: 0 });
  expect(inWords.stdout).toMatch(/\d of 8 valid rows done/);
  expect(told(finished)).toMatchObject({
    state: 'finished',
    end: { tally: { rows: ROWS, byStatus: { disassociated: ROWS } } },
    verification: { sound: true },
  });
  expect([under.code, stopped.code, finished.code]).toEqual([0, 0, 0]);
});

test.concurrent('status --verify finds results that somebody has changed', async (task) => {
  const stage = await setFileStage(task, removals());
  await stage.run('disassociate', 'job.csv');
  const sound = await stageStatus(stage, '--verify');
  stage.folder.write(
    'job.results.csv',
    stage.folder.read('job.results.csv').replace('disassociated', 'failed'),
  );

  const changed = await stageStatus(stage, '--verify');
  const json = await stageStatus(stage, '--verify', '--json');

  expect([sound.code, changed.code, json.code]).toEqual([0, 1, 1]);
  expect(changed.stdout).toContain('the results have the SHA-256 they were published with');
  expect(told(json)).toMatchObject({ verification: { sound: false } });
});

async function stageWithFailures(task: Parameters<typeof setFileStage>[0]): Promise<FileStage> {
  const stage = await setFileStage(task, removals());
  await stage.emulator.script(
    REFUSED.map((opportunityId) => ({
      kind: 'validation',
      times: 1,
      operation: 'DisassociateOpportunity',
      opportunityId,
    })),
  );
  return stage;
}

function removals(): FileStageFiles {
  const held = Array.from(
    { length: ROWS },
    (_, index) => [`O${index + 1}`, 'Solutions', `S-${String(index + 1).padStart(7, '0')}`] as const,
  );
  return { job: [['Opportunity ID', 'Entity Type', 'Entity ID'], ...held], held };
}

/** As a user pastes it into a shell in which `oppsweep` is this program. */
function runAsPrinted({ stderr }: Ended, { surroundings }: FileStage): Promise<Ended> {
  const [, command = ''] = /^Run the failed ones again: (oppsweep .*)$/m.exec(stderr) ?? [];
  expect(command).not.toBe('');
  const script = `oppsweep() { '${process.execPath}' '${PROGRAM}' "$@"; }\n${command}`;
  return startProcess('sh', ['-c', script], surroundings).ended;
}

function stageStatus({ surroundings }: FileStage, ...options: readonly string[]): Promise<Ended> {
  return startProcess(process.execPath, [PROGRAM, 'status', 'job.results.csv', ...options], surroundings)
    .ended;
}

function told({ stdout }: Ended): unknown {
  return JSON.parse(stdout);
}
