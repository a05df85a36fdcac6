import { renameSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeContext, type FakeContext } from '../../fake-context.ts';

const PEOPLE = ['Opportunity ID,Entity ID', 'O1,S-0000001', 'O2,S-0000001', 'O3,x', 'O4,y', ''].join('\n');

interface Stage extends FakeContext {
  /** By `status`, by `status --json`, and by the report: of rows that an earlier run changed. */
  readonly told: (results: string) => Promise<readonly [string, unknown, string]>;
  readonly go: (command: string, file: string, ...words: readonly string[]) => Promise<number>;
}

/** people.results.csv has two rows that were removed and two that are invalid; again.csv has one of these, corrected, removed too. */
async function stage(): Promise<Stage> {
  const context = makeContext();
  const { at, read, write } = context;
  const go: Stage['go'] = async (command, file, ...words) =>
    context.run(command, at(file), '--emulator', '--rate', 'unlimited', '--quiet', ...words);
  write('people.csv', PEOPLE);
  await go('disassociate', 'people.csv');
  write(
    'people.results.csv',
    read('people.results.csv').replace('O3,x,', 'O3,S-0000003,').replace(',O3,,x,', ',O3,,S-0000003,'),
  );
  await go('disassociate', 'people.results.csv', '--only', 'invalid', '-o', at('again.csv'));
  return {
    ...context,
    go,
    told: async (results) => {
      context.said();
      await context.run('status', at(results));
      const [line = ''] = /^.*changed by an earlier run.*$/m.exec(context.said().out) ?? [];
      await context.run('status', at(results), '--json');
      const { changedBefore } = JSON.parse(context.said().out) as { readonly changedBefore?: unknown };
      await context.run('report', at(results));
      const page = read(results.replace(/(\.results)?\.csv$/, '.report.html'));
      const [sentence = ''] = /[^>.]*changed by an earlier run[^<]*/.exec(page) ?? [];
      return [line.trim(), changedBefore, sentence.trim()];
    },
  };
}

const WORDS = 'changed by an earlier run, whose results were the input';

describe('rows that kept the line of an earlier run', () => {
  it('are told as taken back once that run was undone, however many runs lie between', async () => {
    const { told, go, at, read } = await stage();
    expect(await told('again.csv')).toEqual([
      `2 of them were ${WORDS}`,
      { rows: 2, lookedAt: true, takenBack: [] },
      `2 were ${WORDS}.`,
    ]);
    await go('undo', 'people.results.csv', '--limit', '1');
    await go('disassociate', 'again.csv', '--only', 'invalid', '-o', at('once-more.csv'));
    await go('undo', 'people.results.csv');
    const takenBack = [{ results: at('people.undo.csv'), rows: 2 }];
    const back = 'all of them were taken back since by people.undo.csv';
    expect(await told('again.csv')).toEqual([
      `2 of them were ${WORDS}; ${back}`,
      { rows: 2, lookedAt: true, takenBack },
      `2 were ${WORDS}; ${back}.`,
    ]);
    expect(read('again.report.html')).toContain(
      'Rows by status: 1 disassociated, 1 invalid, 2 taken back since',
    );
    expect((await told('once-more.csv'))[1]).toEqual({ rows: 3, lookedAt: true, takenBack });
    await go('undo', 'again.csv');
    expect((await told('once-more.csv'))[0]).toBe(
      `3 of them were ${WORDS}; 2 of them were taken back since by people.undo.csv; 1 of them was taken back since by again.undo.csv`,
    );
  });

  it('are numbered in the page and on the screen as in the results between, which is said', async () => {
    const { at, read, write, run, said } = makeContext();
    write('people.csv', ['A title', '', 'Opportunity ID,Entity ID', 'O1,S-0000001', 'O4,y', ''].join('\n'));
    await run('disassociate', at('people.csv'), '--emulator');
    expect(said().err).toContain('✗ row 5  O4');
    await run(
      'disassociate',
      at('people.results.csv'),
      '--emulator',
      '--only',
      'invalid',
      '-o',
      at('again.csv'),
    );
    expect(said().err).toContain('✗ row 3 (row 5 of the run before)  O4');
    await run('report', at('again.csv'));
    expect(read('again.report.html')).toContain(
      'A row is numbered as in <b>people.results.csv</b>, the results',
    );
    await run('report', at('people.results.csv'));
    expect(read('people.report.html')).not.toContain('A row is numbered as in');
  });

  it('are none of an undo that was over before they were changed', async () => {
    const { told, go, at } = await stage();
    await go('undo', 'people.results.csv');
    await go('disassociate', 'people.results.csv', '--only', 'disassociated', '-o', at('anew.csv'));
    await go('disassociate', 'anew.csv', '--only', 'invalid', '-o', at('of-anew.csv'));
    expect((await told('of-anew.csv'))[1]).toEqual({ rows: 2, lookedAt: true, takenBack: [] });
  });

  it('are told by the word of a file that no run beside it left so, and what became of them is not looked up', async () => {
    const { told, go, at, read, write } = await stage();
    write(
      'fixed.csv',
      read('people.results.csv').replace('O4,y', 'O4,S-0000004').replace(',O4,,y', ',O4,,S-0000004'),
    );
    await go('disassociate', 'fixed.csv', '--only', 'invalid', '-o', at('of-a-copy.csv'));
    await go('undo', 'people.results.csv');
    const words =
      'changed by an earlier run, as the file fixed.csv says; what became of them since is not looked up, as no finished run here has results of that name';
    expect(await told('of-a-copy.csv')).toEqual([
      `2 of them were ${words}`,
      { rows: 2, lookedAt: false, asSaidBy: 'fixed.csv', takenBack: [] },
      `2 were ${words}.`,
    ]);
    expect(read('of-a-copy.report.html')).toContain(
      '2 rows beside them tell of an earlier run, as the file fixed.csv says.',
    );
  });

  it('are told by the word of results in which somebody has called more done than was', async () => {
    const { told, go, at, read, write } = await stage();
    write('people.results.csv', read('people.results.csv').replace(',invalid,', ',disassociated,'));
    await go('disassociate', 'people.results.csv', '--only', 'invalid', '-o', at('claimed.csv'));
    const words = 'changed by an earlier run, as the file people.results.csv says';
    expect(await told('claimed.csv')).toEqual([
      `3 of them were ${words}`,
      { rows: 3, lookedAt: true, asSaidBy: 'people.results.csv', takenBack: [] },
      `3 were ${words}.`,
    ]);
  });

  it('are told by the word of the input where that run is not here to be asked', async () => {
    const { told, go, at } = await stage();
    await go('undo', 'people.results.csv');
    renameSync(at('people.oppsweep'), at('kept-elsewhere'));
    const words =
      'changed by an earlier run, as the file people.results.csv says; what became of them since is not looked up, as no finished run here has results of that name';
    expect(await told('again.csv')).toEqual([
      `2 of them were ${words}`,
      { rows: 2, lookedAt: false, asSaidBy: 'people.results.csv', takenBack: [] },
      `2 were ${words}.`,
    ]);
  });
});
