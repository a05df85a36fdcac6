import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { expect, test } from 'vitest';
import { setFileStage, type FileStage, type FileStageFiles } from '../stage/file-stage.ts';
import { column, type ResultLine } from '../stage/results-file.ts';

const HEADER = ['Owner', 'Opportunity ID', 'Entity Type', 'Entity ID', 'New Solution ID'];
const FILES = {
  job: [
    HEADER,
    ['Ann', 'O1', 'Solutions', 'S-0000001', ''],
    ['Bob', '2', 'Solutions', 'S-0000002', ''],
    ['Cid', 'O3', 'Soluton', 'S-0000003', ''],
    ['Dan', 'O4', 'Solutions', 'AmazonEC2', ''],
    ['Eve', 'O5', 'Solutions', 'S-0000005', 'S 15'],
    ['Fay', 'O404', 'Solutions', 'S-0000006', ''],
    ['Gus', 'O7', 'Solutions', 'S-7', ''],
    ['Hal', 'O8', '', '', ''],
  ],
  held: [
    ['O1', 'Solutions', 'S-0000001'],
    ['O2', 'Solutions', 'S-0000002'],
    ['O3', 'Solutions', 'S-0000003'],
    ['O4', 'Solutions', 'S-0000004'],
    ['O5', 'Solutions', 'S-0000005'],
    ['O6', 'Solutions', 'S-0000006'],
    ['O7', 'Solutions', 'S-0000007'],
    ['O8', 'AwsProducts', 'AmazonS3'],
  ],
} as const satisfies FileStageFiles;

type Edit = Readonly<Record<string, string>>;

/** Writes cells of a results file anew, by the owner of their row. */
function edit(stage: FileStage, name: string, edits: Readonly<Record<string, Edit>>): void {
  const lines: ResultLine[] = parse(stage.folder.read(name), { columns: true, bom: true });
  const edited = lines.map((line) => ({ ...line, ...edits[line['Owner'] ?? ''] }));
  stage.folder.write(name, stringify(edited, { header: true }));
}

const words = (text: string): readonly string[] => text.split(' ');

const lineOf = (stage: FileStage, name: string, owner: string): ResultLine | undefined =>
  stage.results(name).find((line) => line['Owner'] === owner);

test.concurrent('a messy file is corrected in its results, in either column, until nothing is left', async (task) => {
  const stage = await setFileStage(task, FILES);
  const sent = async (): Promise<readonly string[]> => (await stage.writes()).map(({ what }) => what);
  await stage.runBuilt('disassociate', 'job.csv');
  expect(column(stage.results(), 'status')).toEqual(
    words('disassociated invalid invalid invalid invalid failed failed invalid'),
  );

  // Round 1: some in the user's own columns, some in ours, two of them still wrong.
  edit(stage, 'job.results.csv', {
    Bob: { opportunity_id: 'O2' },
    Cid: { 'Entity Type': 'Solutions' },
    Dan: { 'Entity ID': 'S 4' },
    Eve: { replacement_id: 'S-0000015' },
    Hal: { 'Entity Type': 'AwsProducts', entity_id: 'AmazonS3' },
  });
  await stage.run('disassociate', 'job.results.csv', '--only', 'invalid');
  const second = 'job.again.results.csv';
  expect(column(stage.results(second), 'status')).toEqual(
    words('disassociated disassociated disassociated invalid replaced failed failed disassociated'),
  );
  expect(lineOf(stage, second, 'Dan')?.['message']).toContain('"S 4" is not an identifier');

  // Round 2: what failed is corrected in one place, which is asked about, and the invalid one in ours.
  edit(stage, second, {
    Dan: { entity_id: 'S-0000004' },
    Fay: { 'Opportunity ID': 'O6' },
    Gus: { entity_id: 'S-0000007' },
  });
  const first = lineOf(stage, second, 'Fay');
  await stage.run('disassociate', second, '--only', 'invalid,failed');
  const third = 'job.again-2.results.csv';
  expect(column(stage.results(third), 'status').slice(3)).toEqual(
    words('disassociated replaced invalid invalid disassociated'),
  );
  const fay = lineOf(stage, third, 'Fay');
  expect(fay?.['message']).toContain('"Opportunity ID" says "O6"');
  expect(fay?.['message']).toContain(
    `Before that: failed ${first?.['exception'] ?? ''}: ${first?.['message'] ?? ''}`,
  );
  expect(fay?.['tip']).toContain('in both columns');
  expect(fay?.['request_ids']).toBe(first?.['request_ids']);

  // Round 3: without an edit they stay refused, and keep the first answer, however often.
  const before = await sent();
  for (const [input, output] of [
    [third, 'four.csv'],
    ['four.csv', 'five.csv'],
  ] as const) {
    const ended = await stage.run('disassociate', input, '--only', 'invalid', '-o', output);
    expect(ended.code).toBe(1);
    expect(lineOf(stage, output, 'Fay')?.['message']).toBe(fay?.['message']);
  }
  expect(await sent()).toEqual(before);

  // Round 4: in both, and nothing is left.
  edit(stage, 'five.csv', { Fay: { opportunity_id: 'O6' }, Gus: { 'Entity ID': 'S-0000007' } });
  const last = await stage.run('disassociate', 'five.csv', '--only', 'invalid', '-o', 'done.csv');
  expect(last.code).toBe(0);
  expect(column(stage.results('done.csv'), 'status').filter((status) => status !== 'disassociated')).toEqual([
    'replaced',
  ]);
  expect((await sent()).toSorted()).toEqual([
    'AssociateOpportunity O5 Solutions S-0000015',
    'DisassociateOpportunity O1 Solutions S-0000001',
    'DisassociateOpportunity O2 Solutions S-0000002',
    'DisassociateOpportunity O3 Solutions S-0000003',
    'DisassociateOpportunity O4 Solutions S-0000004',
    'DisassociateOpportunity O5 Solutions S-0000005',
    'DisassociateOpportunity O6 Solutions S-0000006',
    'DisassociateOpportunity O7 Solutions S-0000007',
    'DisassociateOpportunity O8 AwsProducts AmazonS3',
  ]);
});

test.concurrent('a row that was corrected in ours alone, and failed, goes again as it was sent', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.emulator.script([
    { kind: 'validation', times: 1, operation: 'DisassociateOpportunity', opportunityId: 'O2' },
  ]);
  await stage.run('disassociate', 'job.csv');
  edit(stage, 'job.results.csv', { Bob: { opportunity_id: 'O2' } });
  await stage.run('disassociate', 'job.results.csv', '--only', 'invalid', '-o', 'two.csv');
  expect(lineOf(stage, 'two.csv', 'Bob')?.['status']).toBe('failed');

  await stage.run('disassociate', 'two.csv', '--only', 'failed', '-o', 'three.csv');

  expect(lineOf(stage, 'three.csv', 'Bob')).toMatchObject({ status: 'disassociated', attempts: '2' });
});

test.concurrent('a cell that was split is corrected in its own column, or by the one identifier in ours', async (task) => {
  const job = [
    ['Owner', 'Opportunity ID', 'Solution ID'],
    ['Ann', 'O1', 'S-0000001;S-0000002'],
    ['Bob', 'O2', 'S-0000003;S 4'],
    ['Cid', 'O3', 'S-0000005;n/a'],
  ];
  const held = [
    ['O1', 'Solutions', 'S-0000001'],
    ['O1', 'Solutions', 'S-0000002'],
    ['O2', 'Solutions', 'S-0000003'],
    ['O2', 'Solutions', 'S-0000004'],
    ['O3', 'Solutions', 'S-0000005'],
  ] as const;
  const stage = await setFileStage(task, { job, held });
  await stage.run('disassociate', 'job.csv', '--split');
  expect(column(stage.results(), 'status')).toEqual(['disassociated', 'disassociated', 'invalid', 'invalid']);

  edit(stage, 'job.results.csv', {
    Bob: { 'Solution ID': 'S-0000003;S-0000004' },
    Cid: { entity_id: 'S-0000005' },
  });
  const again = await stage.run('disassociate', 'job.results.csv', '--split', '--only', 'invalid');

  expect(again.code).toBe(0);
  const lines = stage.results('job.again.results.csv');
  expect(column(lines, 'entity_id')).toEqual([
    'S-0000001',
    'S-0000002',
    'S-0000003',
    'S-0000004',
    'S-0000005',
  ]);
  expect(new Set(column(lines, 'status'))).toEqual(new Set(['disassociated']));
  expect(await stage.writes()).toHaveLength(5);
});

test.concurrent('a row whose status was overwritten is sent by no run until a status stands there again', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.run('disassociate', 'job.csv');
  edit(stage, 'job.results.csv', { Fay: { status: 'keep!', 'Opportunity ID': 'O6', opportunity_id: 'O6' } });
  const before = (await stage.writes()).length;

  await stage.run('disassociate', 'job.results.csv', '--only', 'failed', '-o', 'two.csv');
  await stage.run('disassociate', 'two.csv', '--only', 'invalid', '-o', 'three.csv');
  await stage.run('disassociate', 'three.csv', '-o', 'four.csv');
  expect((await stage.writes()).length).toBe(before);
  const line = lineOf(stage, 'four.csv', 'Fay');
  expect(line?.['status']).toBe('invalid');
  expect(line?.['message']).toContain('Before that: status “keep!” ResourceNotFoundException');

  edit(stage, 'four.csv', { Fay: { status: 'failed' } });
  await stage.run('disassociate', 'four.csv', '--only', 'failed', '-o', 'five.csv');
  expect(lineOf(stage, 'five.csv', 'Fay')?.['status']).toBe('disassociated');
});

test.concurrent('--only tells that no row has the statuses asked for, and which there are', async (task) => {
  const stage = await setFileStage(task, FILES);
  await stage.run('disassociate', 'job.csv');
  const { received } = await stage.emulator.counts();

  const ended = await stage.run('disassociate', 'job.results.csv', '--only', 'unknown,replaced');

  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('No row of job.results.csv is unknown or replaced');
  expect(ended.stderr).toContain('disassociated 1, invalid 5, failed 2');
  expect((await stage.emulator.counts()).received).toBe(received);
  expect(stage.folder.names()).not.toContain('job.again.results.csv');
});
