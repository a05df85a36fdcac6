import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../src/cli/program.ts';
import { EMULATOR_CREDENTIALS, type Emulator } from '../../../../src/emulator/emulator.ts';
import { RunError } from '../../../../src/model/run-error.ts';
import { countDoneSince } from '../../../../src/run/record/since/count-done-since.ts';
import { earlierRun } from '../../../../src/run/record/since/earlier-run.ts';
import { runsSince, runsSinceThen } from '../../../../src/run/record/since/runs-since.ts';
import { association } from '../../../emulator/associations.ts';
import { startForTest } from '../../../emulator/start-for-test.ts';
import { makeContext, type FakeContext } from '../../fake-context.ts';

const PEOPLE = [
  'Opportunity ID,Entity ID',
  ...['O1', 'O2', 'O3', 'O4'].map((opportunity) => `${opportunity},S-0000001`),
  'O5,x',
  '',
].join('\n');

interface Stage extends FakeContext {
  /** The service, which holds these from now on, where it was before. */
  readonly holding: (...opportunities: readonly string[]) => Promise<void>;
  readonly go: (command: string, file: string, ...words: readonly string[]) => Promise<number>;
  /** What `status` and the report say of the first run's rows since. */
  readonly told: () => Promise<Told>;
}

interface Told {
  readonly status: readonly string[];
  readonly json: unknown;
  readonly page: string;
}

/** A run of five rows: O1 and O2 are removed, O3 and O4 fail, O5 is invalid. */
async function stage(): Promise<Stage> {
  const context = makeContext();
  context.write('people.csv', PEOPLE);
  let emulator: Emulator | undefined;
  const env = {
    AWS_ACCESS_KEY_ID: EMULATOR_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: EMULATOR_CREDENTIALS.secretAccessKey,
  };
  const terminal = { ...context.context.terminal, env };
  const holding = async (...opportunities: readonly string[]): Promise<void> => {
    const port = emulator === undefined ? 0 : Number(new URL(emulator.url).port);
    await emulator?.close();
    const seed = opportunities.map((opportunity) => association(opportunity, 'Solutions', 'S-0000001'));
    emulator = await startForTest({ seed, port });
  };
  const go: Stage['go'] = async (command, file, ...words) => {
    const where = ['--catalog', 'Sandbox', '--endpoint-url', emulator?.url ?? ''];
    const pace = ['--rate', 'unlimited', '--read-rate', 'unlimited', '--read-lag', '0', '--quiet'];
    const args = [command, context.at(file), ...where, ...pace, ...words];
    return runProgram({ ...context.context, terminal, args });
  };
  await holding('O1', 'O2');
  await go('disassociate', 'people.csv');
  return {
    ...context,
    holding,
    go,
    told: async () => {
      const results = context.at('people.results.csv');
      context.said();
      await context.run('status', results);
      const status = context.said().out.match(/\d+ rows? that needed somebody .*/g) ?? [];
      await context.run('status', results, '--json');
      const { doneSince } = JSON.parse(context.said().out) as { readonly doneSince?: unknown };
      await context.run('report', results);
      const [, page = ''] = /<p class="standing">(.*?)<\/p>/.exec(context.read('people.report.html')) ?? [];
      return { status, json: doneSince, page };
    },
  };
}

const NOTHING: Told = { status: [], json: undefined, page: '3 rows need somebody.' };

describe('a run whose results a later run took as its input', () => {
  it('is told with what that did, and with what is still to be seen to', async () => {
    const { told, go, holding, at, read } = await stage();
    expect(await told()).toEqual(NOTHING);
    await holding('O3');
    await go('disassociate', 'people.results.csv', '--only', 'failed', '-o', at('again.csv'));
    const { status, json, page } = await told();
    expect(status).toEqual(['1 row that needed somebody was done since by again.csv']);
    expect(json).toEqual([{ results: at('again.csv'), rows: 1 }]);
    expect(page).toMatch(
      /^3 rows needed somebody; 1 of them was done since by again\.csv, on \d+ \w+ \d{4}\. 2 rows still need somebody\.$/,
    );
    const report = read('people.report.html');
    expect(report).toContain('>2 rows to look at</a>');
    expect(report).toContain('Rows by status: 2 disassociated, 1 invalid, 1 failed, 1 done since');
    expect(rowsIn(report)).toEqual([
      ['5', 'failed', ''],
      ['6', 'invalid', ''],
      ['4', 'failed', 'disassociated'],
    ]);
  });

  it('counts what a run of those results has done, too, and each row once', async () => {
    const { told, go, holding, at } = await stage();
    await holding('O3');
    await go('disassociate', 'people.results.csv', '--only', 'failed', '-o', at('again.csv'));
    await holding('O4');
    await go('disassociate', 'again.csv', '--only', 'failed', '-o', at('once-more.csv'));
    const both = ['again.csv', 'once-more.csv'];
    const words = both.map((name) => `1 row that needed somebody was done since by ${name}`);
    expect((await told()).status).toEqual(words);
    expect((await told()).page).toMatch(
      /; 2 of them were done since 1 by again\.csv, on .* and 1 by once-more/,
    );
  });

  it('claims nothing of a rehearsal, a plan, or results that were changed', async () => {
    const { told, go, holding, at, read, write, run } = await stage();
    await holding('O3', 'O4');
    const rehearsal = ['--emulator', '--quiet', '-o', at('rehearsal.csv')];
    await run('disassociate', at('people.results.csv'), ...rehearsal);
    await go('plan', 'people.results.csv', '--only', 'failed', '-o', at('plan.csv'));
    write('changed.csv', read('people.results.csv').replace('O4,S-0000001', 'O4,S-0000001 '));
    await go('disassociate', 'changed.csv', '--only', 'failed', '-o', at('of-changed.csv'));
    expect(await told()).toEqual(NOTHING);
  });

  it('claims nothing of another account, or of a journal that is damaged', async () => {
    const { context, at, write, run } = makeContext();
    const rehearse = async (file: string, state: string, output: string): Promise<void> => {
      const options = [
        '--emulator',
        '--quiet',
        '--emulator-state',
        write('state.csv', state),
        '-o',
        at(output),
      ];
      await run('disassociate', at(file), ...options);
    };
    write('people.csv', PEOPLE);
    await rehearse('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\n', 'first.csv');
    await rehearse('first.csv', 'Opportunity ID,Entity ID\nO3,S-0000001\n', 'again.csv');
    const record = await context.runs.record(at('first.csv'));
    if (record === undefined) throw new Error('no run');
    const teller = { tool: '', spell: (sentence: string): string => sentence };
    const looking = { runs: context.runs, teller, mostBytes: 0 };
    const { again } = await runsSince(record, looking);
    const later = again.map((one) => one.run.places.results);
    expect([later, await countDoneSince(again)]).toEqual([
      [at('again.csv')],
      [{ results: later[0], rows: 1 }],
    ]);

    const elsewhere = { ...earlierRun(record), owner: '111122223333' };
    expect((await runsSinceThen(elsewhere, looking)).again).toEqual([]);
    const damaged = again.map((one) => ({ ...one, run: { ...one.run, entries: torn } }));
    expect(await countDoneSince(damaged)).toEqual([]);
  });

  it('counts of one that was stopped what it has done, and nothing that an undo took back', async () => {
    const { told, go, holding, at } = await stage();
    await holding('O3', 'O4');
    const again = ['--only', 'failed', '-o', at('again.csv')];
    await go('disassociate', 'people.results.csv', ...again, '--limit', '1');
    expect((await told()).json).toEqual([{ results: at('again.csv'), rows: 1 }]);
    await go('disassociate', 'people.results.csv', ...again);
    expect((await told()).json).toEqual([{ results: at('again.csv'), rows: 2 }]);
    await go('undo', 'again.csv', '--limit', '1');
    expect((await told()).json).toEqual([{ results: at('again.csv'), rows: 1 }]);
    await go('undo', 'again.csv');
    expect(await told()).toEqual(NOTHING);
  });
});

async function* torn(): AsyncGenerator<never> {
  yield* [];
  throw new RunError('state_damaged', 'A line is damaged.');
}

/** The rows that a report shows: number, status, and how each ended since. */
function rowsIn(page: string): readonly (readonly string[])[] {
  const [, json = ''] = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(page) ?? [];
  const { own, since, columns, texts, rows } = JSON.parse(json) as {
    readonly [name in 'own' | 'since' | 'columns' | 'texts']: readonly string[];
  } & { readonly rows: readonly (readonly (string | number)[])[] };
  const names = [...own, ...since, ...columns];
  return rows.map((row) =>
    ['row', 'status', 'since'].map((name) => {
      const cell = row[names.indexOf(name)] ?? '';
      return typeof cell === 'number' ? (texts[cell] ?? '') : cell;
    }),
  );
}
