import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startProcess, runProgram } from '../stage/program.ts';
import { parseResults } from '../stage/results-file.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');

test('each call of the results is held against its event in CloudTrail; whatever they say otherwise is told', async (task) => {
  const folder = makeWorkFolder(task);
  mkdirSync(folder.at('samples'));
  for (const name of ['join-cloudtrail.mjs', 'cloudtrail-files.mjs'])
    cpSync(join(PROJECT, 'samples', name), folder.at(`samples/${name}`));
  symlinkSync(join(PROJECT, 'node_modules'), folder.at('node_modules'));
  folder.write(
    'people.csv',
    'Opportunity ID,Entity ID,Row\nO1,S-0000001,a\nO2,S-0000002,b\nO3,S-0000003,c\n',
  );
  const pace = ['--rate', '50', '--read-rate', 'unlimited'];
  await runProgram(['disassociate', 'people.csv', '--emulator', ...pace], folder);
  const results = folder.read('people.results.csv');
  const ids = parseResults(results).map(({ request_ids: id = '' }) => id);
  expect(new Set(ids).size).toBe(3);
  const [first = '', second = '', third = ''] = ids;
  const [began = ''] = parseResults(results).map(({ started_at: at = '' }) => at);
  const secondOf = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
  // An event has its service's time, which is not this machine's.
  const eventTime = secondOf(Date.parse(began) + 1_800_000);

  const joined = async (
    last: object,
    text = results,
  ): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    // One file as a trail delivers it, one as the AWS CLI answers.
    const Records = [
      event(first, 1, { eventTime }),
      event(second, 2, { eventTime }),
      event('of-a-read', 1, { eventName: 'GetOpportunity' }),
    ];
    folder.write('trail.json.gz', gzipSync(JSON.stringify({ Records })));
    folder.write('looked-up.json', JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(last) }] }));
    folder.write('now.csv', text);
    const args = ['samples/join-cloudtrail.mjs', 'now.csv', 'trail.json.gz', 'looked-up.json'];
    return startProcess(process.execPath, args, folder).ended;
  };
  const sound = event(third, 3, { eventTime });
  const whole = await joined(sound);
  const resaved = await joined(sound, results.replaceAll(',', ';'));
  const strange = await joined(event('of-somebody-else', 3));
  const forged = await joined(sound, results.replaceAll('O2', 'O24'));
  const denied = await joined({ ...sound, errorCode: 'AccessDenied' });
  const attached = await joined({ ...sound, eventName: 'AssociateOpportunity' });
  // The answer was lost, and a read has settled the row; or a throttled row was declined by a look.
  const ofRun = { ...sound, eventTime: secondOf(Date.parse(began)) };
  const lost = await joined(ofRun, results.replace(third, ''));
  const late = await joined(sound, results.replace(third, ''));
  const throttled = { ...sound, errorCode: 'ThrottlingException' };
  const declined = await joined(
    throttled,
    results.replace(/4,disassociated,,/, '4,failed,LastRemainingEntity,'),
  );
  const renamed = await joined(sound, results.replace('request_ids', 'Request'));
  const wrong = ['samples/join-cloudtrail.mjs', 'people.results.csv', 'people.csv'];
  const noJson = await startProcess(process.execPath, wrong, folder).ended;

  const elsewhere = await joined({ ...sound, recipientAccountId: '999999999999' });
  const faraway = await joined({ ...sound, eventTime: secondOf(Date.parse(began) + 7 * 86_400_000) });

  const told = ({ code, stderr }: { code: number | null; stderr: string }): unknown => [
    code,
    stderr.split('\n').slice(1).join('\n'),
  ];
  const words = (calls: number, missing: number, rowless: number, otherwise: number): string =>
    `${calls} calls joined, ${missing} without an event, ${rowless} events without a row, ${otherwise} disagreements.\n`;
  expect(told(whole)).toEqual([0, words(3, 0, 0, 0)]);
  expect(whole.stdout).toContain(
    `2,disassociated,O1,S-0000001,${first},${eventTime},DisassociateOpportunity,arn:`,
  );
  expect(told(resaved)).toEqual([0, words(3, 0, 0, 0)]);
  expect(told(strange)).toEqual([1, words(2, 1, 1, 0)]);
  expect(strange.stdout).toContain(',O3,S-0000003,no row');
  expect(told(forged)).toEqual([1, words(3, 0, 0, 1)]);
  expect(forged.stdout).toContain(',O2,S-0000002,the event is of opportunity O2\n');
  expect(told(denied)).toEqual([1, words(3, 0, 0, 1)]);
  expect(denied.stdout).toContain('"disassociated, and no DisassociateOpportunity succeeded"');
  expect(told(attached)).toEqual([1, words(3, 0, 0, 1)]);
  expect(attached.stdout).toContain('the event is AssociateOpportunity');
  expect(told(lost)).toEqual([0, words(3, 0, 0, 0)]);
  expect(lost.stdout).toContain(`4,disassociated,O3,S-0000003,${third},`);
  expect(told(late)).toEqual([1, words(2, 0, 1, 1)]);
  expect(told(declined)).toEqual([0, words(3, 0, 0, 0)]);
  expect(told(elsewhere)).toEqual([1, words(3, 0, 0, 1)]);
  expect(elsewhere.stdout).toContain(',the event is of account 999999999999\n');
  expect(told(faraway)).toEqual([1, words(3, 0, 0, 1)]);
  expect(faraway.stdout).toMatch(/,the event is of \d{4}-\S+Z\n/);
  expect(whole.stderr).toContain('now.summary.json is not there: catalog and account are held against');
  expect(renamed.code).toBe(2);
  expect(renamed.stderr).toMatch(
    /^now\.csv is no results file of oppsweep: .*request_ids as a run writes them\.\n$/,
  );
  expect([noJson.code, noJson.stderr.split('\n').length]).toEqual([2, 2]);
});

test('events are read however the AWS CLI printed them, and held against the summary beside the results', async (task) => {
  const folder = makeWorkFolder(task);
  cpSync(join(PROJECT, 'samples'), folder.at('samples'), { recursive: true });
  symlinkSync(join(PROJECT, 'node_modules'), folder.at('node_modules'));
  folder.write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\nO2,S-0000002\n');
  await runProgram(['disassociate', 'people.csv', '--emulator', '--limit', '1'], folder);
  const joinEvents = (
    ...args: readonly string[]
  ): Promise<{ code: number | null; stdout: string; stderr: string }> =>
    startProcess(process.execPath, ['samples/join-cloudtrail.mjs', ...args], folder).ended;
  const early = await joinEvents('people.results.csv', 'looked-up.txt');
  const ofFolder = await joinEvents('people.oppsweep', 'looked-up.txt');
  await runProgram(['disassociate', 'people.csv', '--emulator'], folder);
  const rows = parseResults(folder.read('people.results.csv'));
  const events = rows.map(({ request_ids: id = '', finished_at: eventTime = '' }, row) =>
    JSON.stringify(event(id, row + 1, { eventTime })),
  );
  const outcome = async (text: string): Promise<unknown> => {
    folder.write('looked-up.txt', text);
    const { code, stdout, stderr } = await joinEvents('people.results.csv', 'looked-up.txt');
    return [
      code,
      stdout
        .split('\n')
        .slice(1)
        .map((line) => line.split(',').at(-1) ?? ''),
      stderr.split(' calls')[0],
    ];
  };

  const sound = [0, ['', '', ''], '2'];
  expect(await outcome(events.join('\t'))).toEqual(sound);
  expect(await outcome(events.join('\n'))).toEqual(sound);
  expect(
    await outcome(events.map((one) => JSON.stringify({ Records: [JSON.parse(one)] }, null, 1)).join('')),
  ).toEqual(sound);
  expect(await outcome(JSON.stringify(events))).toEqual(sound);
  const other = events.map((one) => one.replace('"Sandbox"', '"AWS"'));
  expect(await outcome(other.join(''))).toEqual([
    1,
    ['the event is of catalog AWS', 'the event is of catalog AWS', ''],
    '2',
  ]);
  const twice = [...events, ...events.map((one) => one.replace('first', 'second'))];
  expect(await outcome(twice.join('\t'))).toEqual([1, ['', '', 'no row', 'no row', ''], '2']);
  expect([early.code, early.stderr]).toEqual([
    2,
    'people.results.csv is not there: its run is not finished; people.oppsweep/results.partial.csv has its rows so far.\n',
  ]);
  expect([ofFolder.code, ofFolder.stderr]).toEqual([
    2,
    'people.oppsweep is a folder: name the results, which are people.oppsweep/results.partial.csv so far.\n',
  ]);
  expect([(await joinEvents()).code, (await joinEvents('--help')).code]).toEqual([2, 0]);
  expect((await joinEvents('--help')).stdout).toContain(
    'Usage: node samples/join-cloudtrail.mjs RESULTS.csv EVENTS.json',
  );
});

function event(requestID: string, row: number, more: object = {}): object {
  return {
    eventID: `event-of-${requestID}`,
    eventName: 'DisassociateOpportunity',
    requestID,
    recipientAccountId: '123456789012',
    userIdentity: { arn: 'arn:aws:sts::123456789012:assumed-role/cleanup/first' },
    requestParameters: {
      catalog: 'Sandbox',
      opportunityIdentifier: `O${row}`,
      relatedEntityIdentifier: `S-000000${row}`,
      relatedEntityType: 'Solutions',
    },
    ...more,
  };
}
