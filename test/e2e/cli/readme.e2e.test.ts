import { expect, test } from 'vitest';
import { runProgram, startProgram, type Ended } from '../stage/program.ts';
import { setStage, type Stage } from '../stage/stage.ts';
import { commandsShown } from './readme.ts';

/** The commands "on live data", in the README's order, each with its exit code where one row of twelve is refused. */
const ON_LIVE_DATA = [
  ['oppsweep check people.csv', 0],
  ['oppsweep disassociate people.csv --emulator -o rehearsal.csv', 0],
  ['oppsweep plan people.csv --catalog AWS', 0],
  ['oppsweep disassociate people.csv --catalog AWS --limit 5', 3],
  ['oppsweep disassociate people.csv --catalog AWS', 1],
  ['oppsweep status people.results.csv', 1],
  ['oppsweep disassociate people.results.csv --only failed,unknown --catalog AWS', 0],
  ['oppsweep undo people.results.csv --plan --catalog AWS', 0],
  ['oppsweep undo people.results.csv --catalog AWS', 0],
] as const;

/** Those of the table of commands and of the sentences, with a name of a file in place of a word for one. */
const NAMED = [
  ['oppsweep disassociate INPUT.csv', ['--emulator'], 0],
  ['oppsweep associate INPUT.csv', ['--emulator', '-o', 'associated.csv'], 0],
  ['oppsweep check INPUT.csv', [], 0],
  ['oppsweep check FILE', [], 0],
  ['oppsweep plan INPUT.csv', ['--emulator'], 0],
  ['oppsweep undo RESULTS.csv', ['--emulator'], 0],
  ['oppsweep status RESULTS.csv', [], 0],
  ['oppsweep report RESULTS.csv', [], 0],
  ['oppsweep doctor', [], 0],
  ['oppsweep doctor --catalog AWS', [], 0],
  ['oppsweep status people.results.csv --json', [], 0],
  ["oppsweep disassociate people.csv --emulator --on-event 'cat >>events.jsonl'", [], 0],
] as const;

/** They read alone. */
const EXPORTING = [
  'oppsweep export --catalog AWS --entities S-0000001 -o carriers.csv',
  'oppsweep export ids.csv --catalog AWS -o now.csv',
  'oppsweep export IDS.csv',
];

/** Of the exports above. */
const COMPARING = [
  'oppsweep compare before.csv after.csv -o changes.csv',
  'oppsweep compare BEFORE.csv AFTER.csv',
];

/** They serve until they are stopped. */
const SERVING = ['oppsweep emulator', 'oppsweep emulator --seed people.csv'];

/** Tried in test/cli/commands/completion.test.ts. */
const COMPLETING = [String.raw`oppsweep completion bash\|zsh\|fish`];

/** The console blocks, whose output is compared in samples.e2e.test.ts. */
const WITH_OUTPUT = [
  'oppsweep disassociate samples/clean-up.csv --emulator-state samples/clean-up.state.csv -o clean-up.results.csv',
  'oppsweep check samples/report.csv --split',
];

const FAST = ['--rate', '100', '--read-rate', 'unlimited', '--read-lag', '0'];
const CALLING = new Set(['disassociate', 'associate', 'plan', 'undo']);

test('each command that the README and its pages show is run by a test', () => {
  const known = [...ON_LIVE_DATA, ...NAMED].map(([command]) => command);
  expect([...new Set(commandsShown())].toSorted()).toEqual(
    [...known, ...EXPORTING, ...COMPARING, ...SERVING, ...COMPLETING, ...WITH_OUTPUT].toSorted(),
  );
});

test.concurrent('the commands on live data do in their order what their comments say', async (task) => {
  const stage = await setStage(task, 12);
  const [, , , , , , refused] = stage.rows;
  await stage.emulator.script([
    {
      kind: 'validation',
      times: 1,
      operation: 'DisassociateOpportunity',
      ...opportunity(refused?.opportunityId),
    },
  ]);

  for (const [command, code] of ON_LIVE_DATA) {
    const ended = await run(stage, command, ['--yes']);
    expect([command, ended.code, ended.stderr]).toEqual([command, code, ended.stderr]);
  }

  // All that the first run removed is back; what had failed was removed by the second.
  expect((await stage.emulator.held()).toSorted()).toEqual(
    stage.rows
      .filter((row) => row !== refused)
      .map(({ opportunityId, entityId }) => `${opportunityId} Solutions ${entityId}`),
  );
});

test.concurrent('the commands of the table and of the sentences end as they should', async (task) => {
  const stage = await setStage(task, 3);
  for (const [command, options, code] of NAMED) {
    const named = command
      .replace(/INPUT\.csv|FILE/, 'people.csv')
      .replace('RESULTS.csv', 'people.results.csv');
    const ended = await run(stage, named, options);
    expect([command, ended.code, ended.stderr]).toEqual([command, code, ended.stderr]);
  }
  expect(stage.folder.read('events.jsonl')).toContain('"event":"finished"');
});

test.concurrent('the exports write what is associated now', async (task) => {
  const stage = await setStage(task, 3);
  stage.folder.write('ids.csv', 'Opportunity ID\nO1000002\n');
  for (const command of EXPORTING) {
    const words = command.replace('IDS.csv', 'ids.csv --catalog AWS').split(' ').slice(1);
    const { code, stderr } = await runProgram([...words, '--read-rate', 'unlimited'], stage.surroundings);
    expect([command, code, stderr]).toEqual([command, 0, stderr]);
  }
  const lines = ['carriers.csv', 'now.csv', 'ids.export.csv'].map(
    (name) => stage.folder.read(name).split('\n')[1],
  );
  stage.folder.write('before.csv', stage.folder.read('now.csv'));
  stage.folder.write('after.csv', stage.folder.read('carriers.csv'));
  for (const command of COMPARING) {
    const { code, stderr } = await runProgram(command.toLowerCase().split(' ').slice(1), stage.surroundings);
    expect([command, code, stderr]).toEqual([command, 1, stderr]);
  }
  expect(lines).toEqual(
    ['O1000001,Solutions,S-0000001', 'O1000002,Solutions,S-0000002', 'O1000002,Solutions,S-0000002'].map(
      (line) => expect.stringContaining(line) as string,
    ),
  );
});

for (const command of SERVING) {
  test.concurrent(`${command} prints what to export, and ends when it is stopped`, async (task) => {
    const stage = await setStage(task, 3);
    const running = startProgram(command.split(' ').slice(1), stage.folder);
    await running.says(/export AWS_ACCESS_KEY_ID=\S+\n/);
    await running.says(/export AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING=http:\/\/127\.0\.0\.1:\d+\n/);
    running.send('SIGINT');
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('SIGINT: 0 requests were received.')]);
  });
}

function opportunity(opportunityId: string | undefined): { readonly opportunityId?: string } {
  return opportunityId === undefined ? {} : { opportunityId };
}

/** A command as it stands, only faster. */
function run(stage: Stage, command: string, options: readonly string[]): Promise<Ended> {
  const [, name = '', ...args] = (command.match(/'[^']*'|\S+/g) ?? []).map((word) =>
    word.replaceAll("'", ''),
  );
  const more = CALLING.has(name) ? [...options, ...FAST] : options.filter((option) => option !== '--yes');
  return runProgram([name, ...args, ...more], stage.surroundings);
}
