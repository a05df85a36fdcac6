import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { awsStandIn, type Answer } from '../../partner-central/stand-ins/aws-stand-in.ts';
import { decodeLine, type JournalEntry } from '../../../src/store/journal-line.ts';
import type { Summary } from '../../../src/store/summary.ts';
import { runHere } from '../stage/program-here.ts';
import { runProgram, type Ended } from '../stage/program.ts';
import { setFileStage, type FileStage } from '../stage/file-stage.ts';
import { setStage } from '../stage/stage.ts';
import type { Test } from '../stage/work-folder.ts';

const ANA = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana' };
const BEN = { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ben' };
const ROWS = [1, 2, 3, 4].map((number) => [`O${number}`, 'Solutions', `S-000000${number}`] as const);
const PACE = ['--rate', '50', '--read-lag', '0'];
const FILES = { job: [['Opportunity ID', 'Entity Type', 'Entity ID'], ...ROWS], held: ROWS };

/** STS, which is told beforehand whose the next credentials are. */
async function startSts(task: Test): Promise<{ readonly url: string; readonly nextIs: (who: Who) => void }> {
  const standIn = awsStandIn();
  const server = createServer(standIn.listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  task.onTestFinished(() => void server.close());
  const nextIs = ({ account, arn }: Who): void => {
    const answer: Answer = (_call, response) =>
      response.end(`<R><Account>${account}</Account><Arn>${arn}</Arn></R>`);
    standIn.next(answer);
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, nextIs };
}

type Who = typeof ANA;

interface People {
  readonly stage: FileStage;
  readonly goOnAs: (who: Who, ...options: readonly string[]) => Promise<Ended>;
  readonly status: (...options: readonly string[]) => Promise<Ended>;
}

async function twoPeople(task: Test): Promise<People> {
  const stage = await setFileStage(task, FILES);
  const sts = await startSts(task);
  const env = { ...stage.surroundings.env, AWS_ENDPOINT_URL_STS: sts.url };
  return {
    stage,
    goOnAs: (who, ...options) => {
      sts.nextIs(who);
      const args = ['disassociate', 'job.csv', '--catalog', 'Sandbox', ...PACE, ...options];
      return runHere(args, { path: stage.folder.path, env });
    },
    status: (...options) =>
      runHere(['status', 'job.results.csv', ...options], { path: stage.folder.path, env }),
  };
}

const summaryIn = ({ folder }: FileStage): Summary =>
  JSON.parse(folder.read('job.results.summary.json')) as Summary;

test('two people, three sessions, one run: summary, status and journal tell who did what, with which options', async (task) => {
  const { stage, goOnAs, status } = await twoPeople(task);

  const first = await goOnAs(ANA, '--limit', '2');
  expect([first.code, first.stderr.includes('Not as in the session before')]).toEqual([3, false]);
  const second = await goOnAs(BEN, '--limit', '1', '--protect-last');
  expect(second.stderr).toContain(
    [
      'Not as in the session before:',
      `  caller: was ${ANA.arn} (account 111122223333), is ${BEN.arn} (account 111122223333)`,
      '  --limit: was 2, is 1',
      '  --protect-last: was off, is on',
      '',
    ].join('\n'),
  );
  const third = await goOnAs(BEN, '--protect-last');
  expect(third.stderr).toContain('Not as in the session before:\n  --limit: was 1, is not given\n');
  expect([third.code, third.stderr.includes('Over all 3 sessions by 2 callers: 2 write calls and')]).toEqual([
    1,
    true,
  ]);

  const { sessions = [], caller, options, calls, counts } = summaryIn(stage);
  expect(counts.byStatus).toEqual({ disassociated: 2, failed: 2 });
  expect(sessions.map(({ ended, rows, writes }) => ({ ended, rows, writes }))).toEqual([
    { ended: 'limit_reached', rows: { disassociated: 2 }, writes: 2 },
    { ended: 'limit_reached', rows: { failed: 1 }, writes: 0 },
    { ended: 'finished', rows: { failed: 1 }, writes: 0 },
  ]);
  expect(sessions.map((one) => [one.caller, one.options?.['protectLast'], one.options?.['limit']])).toEqual([
    [ANA, false, 2],
    [BEN, true, 1],
    [BEN, true, undefined],
  ]);
  // Nobody did all of it, and no option held for all of it.
  expect([caller, options['protectLast'], options['rate']]).toEqual([null, undefined, 50]);
  expect(calls.writes).toBe(2);
  expect(calls.reads).toBe(sessions.reduce((sum, { reads }) => sum + (reads ?? 0), 0));

  const told = await status();
  expect(told.stdout).toContain('Sessions: 3\n');
  expect(told.stdout).toMatch(
    /1\. .+ to .+: limit_reached\n +caller arn:aws:iam::111122223333:user\/ana .*\n +options: --rate 50 --limit 2 --read-lag 0\n +2 write calls, .*; 2 disassociated\n/,
  );
  expect(told.stdout).toMatch(
    /3\. .+ to .+: finished\n +caller arn:aws:iam::111122223333:user\/ben .*\n +options: --rate 50 --protect-last --read-lag 0\n +0 write calls, .*; 1 failed\n/,
  );
  expect((await status('--verify')).code).toBe(0);
  const noted = entriesIn(stage).filter((entry) => entry?.t === 'session');
  expect(noted).toMatchObject([{ caller: ANA }, { caller: BEN }, { caller: BEN }]);
});

test('a summary that gives one person’s work to another is found by --verify', async (task) => {
  const { stage, goOnAs, status } = await twoPeople(task);
  await goOnAs(ANA, '--limit', '2');
  await goOnAs(BEN, '--protect-last');
  const summary = summaryIn(stage);
  const sessions = summary.sessions?.map((session) => ({ ...session, caller: BEN }));
  stage.folder.write('job.results.summary.json', JSON.stringify({ ...summary, sessions }));
  const { code, stdout } = await status('--verify');
  expect(code).toBe(1);
  expect(stdout).toMatch(/BAD +the summary tells of the sessions .*: session 1 is told otherwise/);
});

test('a session that was killed has no end, and the time of its last entry', async (task) => {
  const stage = await setStage(task, 40, ['--latency', '20']);
  const running = stage.start('--concurrency', '2');
  await running.says(/40 rows to send/);
  while ((await stage.emulator.counts()).operations.DisassociateOpportunity.received < 5);
  running.send('SIGKILL');
  await running.ended;
  const killed = await runProgram(['status', 'people.results.csv'], stage.surroundings);
  expect(killed.stdout).toMatch(
    /1\. .+ to an end that is not recorded \(killed, .*\); its last entry is of .*\d\d:\d\d\n/,
  );

  expect((await stage.disassociate()).code).toBe(0);
  const { sessions = [] } = JSON.parse(stage.folder.read('people.results.summary.json')) as Summary;
  expect(sessions).toMatchObject([
    { ended: 'unknown', endedAt: null, reads: null, throttles: null },
    { ended: 'finished' },
  ]);
  const [first, second] = sessions;
  expect(Date.parse(first?.lastEntryAt ?? '')).toBeGreaterThan(Date.parse(first?.startedAt ?? ''));
  const { received } = (await stage.emulator.counts()).operations.DisassociateOpportunity;
  // One that was noted and never left may be among those of the killed one.
  expect((first?.writes ?? 0) + (second?.writes ?? 0)).toBeGreaterThanOrEqual(received);
  const verified = await runHere(['status', 'people.results.csv', '--verify'], stage.surroundings);
  expect([verified.code, verified.stdout.includes('BAD')]).toEqual([0, false]);
});

function entriesIn({ folder }: FileStage): readonly (JournalEntry | undefined)[] {
  return folder.read('job.oppsweep/journal.jsonl').trimEnd().split('\n').map(decodeLine);
}
