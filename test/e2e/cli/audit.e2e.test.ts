import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { startProcess, runProgram } from '../stage/program.ts';
import { parseResults } from '../stage/results-file.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');

test('results are joined with CloudTrail by request id; what either side lacks is told', async (task) => {
  const folder = makeWorkFolder(task);
  mkdirSync(folder.at('samples'));
  cpSync(join(PROJECT, 'samples/join-cloudtrail.mjs'), folder.at('samples/join-cloudtrail.mjs'));
  symlinkSync(join(PROJECT, 'node_modules'), folder.at('node_modules'));
  folder.write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\nO2,S-0000002\nO3,S-0000003\n');
  const pace = ['--rate', '50', '--read-rate', 'unlimited'];
  await runProgram(['disassociate', 'people.csv', '--emulator', ...pace], folder);
  const ids = parseResults(folder.read('people.results.csv')).map(({ request_ids: id = '' }) => id);
  expect(new Set(ids).size).toBe(3);
  const [first = '', second = '', third = ''] = ids;
  // One file as a trail delivers it, one as the AWS CLI answers.
  const Records = [event(first), event(second), event('of-a-read', 'GetOpportunity')];
  folder.write('trail.json.gz', gzipSync(JSON.stringify({ Records })));
  const lookedUp = (id: string): string =>
    JSON.stringify({ Events: [{ CloudTrailEvent: JSON.stringify(event(id)) }] });

  const join3 = async (id: string): Promise<{ code: number | null; stdout: string; stderr: string }> => {
    folder.write('looked-up.json', lookedUp(id));
    const args = ['samples/join-cloudtrail.mjs', 'people.results.csv', 'trail.json.gz', 'looked-up.json'];
    return startProcess(process.execPath, args, folder).ended;
  };
  const whole = await join3(third);
  const strange = await join3('of-somebody-else');

  expect([whole.code, whole.stderr]).toEqual([
    0,
    '3 calls joined, 0 without an event, 0 events without a row.\n',
  ]);
  expect(whole.stdout).toContain(
    `2,disassociated,O1,S-0000001,${first},2026-11-26T12:00:00Z,DisassociateOpportunity,arn:`,
  );
  expect([strange.code, strange.stderr]).toEqual([
    1,
    '2 calls joined, 1 without an event, 1 events without a row.\n',
  ]);
});

function event(requestID: string, eventName = 'DisassociateOpportunity'): object {
  return {
    eventTime: '2026-11-26T12:00:00Z',
    eventName,
    requestID,
    userIdentity: { arn: 'arn:aws:sts::123456789012:assumed-role/cleanup/first' },
  };
}
