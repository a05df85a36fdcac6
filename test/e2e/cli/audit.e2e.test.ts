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
  cpSync(join(PROJECT, 'samples/join-cloudtrail.mjs'), folder.at('samples/join-cloudtrail.mjs'));
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

  const joined = async (
    last: object,
    text = results,
  ): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    // One file as a trail delivers it, one as the AWS CLI answers.
    const Records = [
      event(first, 1),
      event(second, 2),
      event('of-a-read', 1, { eventName: 'GetOpportunity' }),
    ];
    folder.write('trail.json.gz', gzipSync(JSON.stringify({ Records })));
    folder.write('looked-up.json', JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(last) }] }));
    folder.write('now.csv', text);
    const args = ['samples/join-cloudtrail.mjs', 'now.csv', 'trail.json.gz', 'looked-up.json'];
    return startProcess(process.execPath, args, folder).ended;
  };
  const sound = event(third, 3);
  const whole = await joined(sound);
  const resaved = await joined(sound, results.replaceAll(',', ';'));
  const strange = await joined(event('of-somebody-else', 3));
  const forged = await joined(sound, results.replaceAll('O2', 'O24'));
  const denied = await joined({ ...sound, errorCode: 'AccessDenied' });
  const attached = await joined({ ...sound, eventName: 'AssociateOpportunity' });
  // The answer was lost, and a read has settled the row; or a throttled row was declined by a look.
  const [began = ''] = parseResults(results).map(({ started_at: at = '' }) => at);
  const ofRun = { ...sound, eventTime: began.replace(/\.\d+Z$/, 'Z') };
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

  const told = ({ code, stderr }: { code: number | null; stderr: string }): unknown => [code, stderr];
  const words = (calls: number, missing: number, rowless: number, otherwise: number): string =>
    `${calls} calls joined, ${missing} without an event, ${rowless} events without a row, ${otherwise} disagreements.\n`;
  expect(told(whole)).toEqual([0, words(3, 0, 0, 0)]);
  expect(whole.stdout).toContain(
    `2,disassociated,O1,S-0000001,${first},2026-11-26T12:00:00Z,DisassociateOpportunity,arn:`,
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
  expect(renamed.code).toBe(2);
  expect(renamed.stderr).toMatch(
    /^now\.csv is no results file of oppsweep: .*request_ids as a run writes them\.\n$/,
  );
  expect([noJson.code, noJson.stderr.split('\n').length]).toEqual([2, 2]);
});

function event(requestID: string, row: number, more: object = {}): object {
  return {
    eventTime: '2026-11-26T12:00:00Z',
    eventName: 'DisassociateOpportunity',
    requestID,
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
