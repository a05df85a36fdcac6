import { describe, expect, it } from 'vitest';
import { makeContext, type FakeContext } from '../../fake-context.ts';

const PEOPLE = ['Opportunity ID,Entity ID,Note', 'O1,S-0000001,', 'O2,S-0000001,', 'O3,x,', 'O4,y,', ''].join(
  '\n',
);

interface Stage extends FakeContext {
  readonly go: (command: string, file: string, ...words: readonly string[]) => Promise<number>;
  /** Changes the first run's results, then runs the rows that were invalid again. */
  readonly correct: (change: (results: string) => string) => Promise<void>;
  readonly told: () => Promise<Told>;
}

interface Told {
  readonly json: { readonly corrected?: unknown; readonly doneSince?: unknown };
  /** What `status` says of the results. */
  readonly line: string;
  readonly verify: readonly [number, string];
  readonly heading: string;
  readonly standing: string;
  readonly alarm: boolean;
}

async function stage(): Promise<Stage> {
  const context = makeContext();
  const { at, read, write, run, said } = context;
  const go: Stage['go'] = async (command, file, ...words) =>
    run(command, at(file), '--emulator', '--rate', 'unlimited', '--quiet', ...words);
  write('people.csv', PEOPLE);
  await go('disassociate', 'people.csv');
  const results = at('people.results.csv');
  return {
    ...context,
    go,
    correct: async (change) => {
      write('people.results.csv', change(read('people.results.csv')));
      await go('disassociate', 'people.results.csv', '--only', 'invalid', '-o', at('again.csv'));
    },
    told: async () => {
      said();
      await run('status', results, '--json');
      const json = JSON.parse(said().out) as Told['json'];
      await run('status', results);
      const [line = ''] = /^Results: .*$/m.exec(said().out) ?? [];
      const code = await run('status', results, '--verify');
      const [bad = ''] = /SHA-256 they were published with.*$/m.exec(said().out) ?? [];
      await run('report', results);
      const page = read('people.report.html');
      const [, heading = ''] = /<h1>(.*?)<\/h1>/.exec(page) ?? [];
      const [, standing = ''] = /<p class="standing">(.*?)<\/p>/.exec(page) ?? [];
      return { json, line, verify: [code, bad], heading, standing, alarm: page.includes('class="alarm"') };
    },
  };
}

/** In the user's own column and in ours, as the tip says; and a note beside a row that was done. */
function corrected(results: string): string {
  return results
    .replace('O3,x,', 'O3,S-0000003,')
    .replace(',O3,,x,', ',O3,,S-0000003,')
    .replace('O1,S-0000001,,', 'O1,S-0000001,seen,');
}

describe('results that were corrected by hand and run again', () => {
  it('are told as that, with what the later run has done', async () => {
    const { correct, told, at } = await stage();
    await correct(corrected);
    const { json, line, verify, heading, standing, alarm } = await told();
    const words = 'corrected since by hand (3 cells of 2 rows) and run again as again.csv';
    expect(json.corrected).toMatchObject({ cells: 3, rows: 2, again: [at('again.csv')] });
    expect(json.doneSince).toEqual([{ results: at('again.csv'), rows: 1 }]);
    expect(line).toContain(`(${words})`);
    expect(verify).toEqual([1, expect.stringContaining(`The likely cause: it was ${words}.`)]);
    expect(heading).toBe('2 associations were removed from 2 opportunities.');
    expect(standing).toContain(`people.results.csv was ${words}.`);
    expect(standing).toContain('2 rows needed somebody; 1 of them was done since by again.csv');
    expect(alarm).toBe(false);
  });

  it('are told as changed where a line claims something else of what was done', async () => {
    const claims: readonly ((results: string) => string)[] = [
      (results) => results.replace(',disassociated,', ',already_absent,'),
      (results) => results.replace(',O1,Solutions,S-0000001,', ',O1,Solutions,S-0000009,'),
      (results) => results.replace(/^O2.*\n/m, ''),
    ];
    for (const claim of claims) {
      const { correct, told } = await stage();
      await correct((results) => claim(corrected(results)));
      const { json, verify, heading, alarm } = await told();
      expect(json).not.toHaveProperty('corrected');
      expect(json).not.toHaveProperty('doneSince');
      expect(verify).toEqual([1, expect.not.stringContaining('The likely cause')]);
      expect(heading).toMatch(/^Something was changed or lost since the run/);
      expect(alarm).toBe(true);
    }
  });

  it('are told as changed as long as no run was given them as they are', async () => {
    const { correct, told, write, read } = await stage();
    await correct(corrected);
    write('people.results.csv', read('people.results.csv').replace('O4,y,', 'O4,z,'));
    expect((await told()).json).not.toHaveProperty('corrected');
  });
});
