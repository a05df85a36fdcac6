import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeContext } from '../../fake-context.ts';

const EMULATOR = ['--emulator', '--rate', 'unlimited'];

describe('a run that was undone', () => {
  it('is told as that by status and report where the undo stands beside it, in parts too, and by no other', async () => {
    const context = makeContext();
    context.write('people.csv', ['Opportunity ID,Entity ID,Owner', ...rowsOf(5), ''].join('\n'));
    const run = (...words: readonly string[]): Promise<number> =>
      context.run(...words, '--emulator', '--rate', 'unlimited', '--quiet');
    const [results, folder] = [context.at('people.results.csv'), context.at('people.oppsweep')];
    const told = async (): Promise<readonly string[]> => {
      context.said();
      await context.run('status', results);
      await context.run('report', results);
      const page = context.read('people.report.html');
      const words = /[0-9]+ of its rows (?:was|were) taken back by [a-z.]+\.csv/g;
      return [context.said().out, page].map((text) => (text.match(words) ?? []).join());
    };

    await run('disassociate', context.at('people.csv'));
    expect(await told()).toEqual(['', '']);
    expect(context.read('people.report.html')).toContain('Whether rows were taken back, or done, otherwise');
    await run('undo', results, '--plan');
    await run('disassociate', context.at('people.csv'), '-o', context.at('others.csv'));
    await run('undo', context.at('others.csv'));
    expect(await told()).toEqual(['', '']);

    await run('undo', results, '--where', 'Owner=Ann');
    await run('undo', folder, '--where', 'Owner=Bea', '-o', context.at('rest.csv'));
    const both = '3 of its rows were taken back by people.undo.csv,2 of its rows were taken back by rest.csv';
    expect(await told()).toEqual([both, both]);
    const page = context.read('people.report.html');
    expect(page).toContain('<b>Taken back</b>: 3 of its rows, by people.undo.csv (');
    expect(page).toContain('and all of them taken back since.</h1>');
    expect(page).toContain('<title>taken back since: 5</title>');
    expect(rowsBackIn(page)).toEqual([
      ['2', 'people.undo.csv'],
      ['3', 'rest.csv'],
      ['4', 'people.undo.csv'],
      ['5', 'rest.csv'],
      ['6', 'people.undo.csv'],
    ]);
    rmSync(folder, { recursive: true });
    await context.run('report', results);
    expect(context.read('people.report.html')).toContain('2 of its rows were taken back by rest.csv');
  });

  it('counts no row as taken back that a later run of the results has changed once more', async () => {
    const context = makeContext();
    context.write('people.csv', ['Opportunity ID,Entity ID,Owner', ...rowsOf(5), ''].join('\n'));
    const run = (...words: readonly string[]): Promise<number> =>
      context.run(...words, '--emulator', '--rate', 'unlimited', '--quiet');
    const results = context.at('people.results.csv');
    await run('disassociate', context.at('people.csv'));
    await run('undo', results);
    await run('disassociate', results, '--where', 'Owner=Ann', '-o', context.at('again.csv'));
    context.said();
    await context.run('status', results);
    expect(context.said().out).toContain('2 of its rows were taken back by people.undo.csv');
    await context.run('report', results);
    const page = context.read('people.report.html');
    expect(page).toContain('<title>taken back since: 2</title>');
    expect(rowsBackIn(page).map(([row]) => row)).toEqual(['3', '5']);
    await run('undo', context.at('again.csv'), '-o', context.at('rest.csv'));
    await context.run('status', results);
    expect(context.said().out).toContain('5 of its rows were taken back by people.undo.csv');
  });

  it('is undone beside itself as long as it is not finished: it would do again what it doesn’t find', async () => {
    const context = makeContext();
    context.write('people.csv', ['Opportunity ID,Entity ID,Owner', ...rowsOf(5), ''].join('\n'));
    const run = (...words: readonly string[]): Promise<number> =>
      context.run(...words, '--emulator', '--rate', 'unlimited', '--quiet');
    await run('disassociate', context.at('people.csv'), '--limit', '2');
    const [results, elsewhere] = [context.at('people.results.csv'), context.at('elsewhere/back.csv')];
    await expect(run('undo', results, '-o', elsewhere)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('give the option output a name in') as string,
    });
    expect(await run('undo', results, '-o', context.at('back.csv'))).toBe(0);
  });

  it('keeps a replacement that rows which are not taken back have, too', async () => {
    const context = makeContext();
    const rows = ['O1,S-0000001,x', 'O1,S-0000002,y', ''];
    context.write('people.csv', ['Opportunity ID,Entity ID,Note', ...rows].join('\n'));
    const run = (...words: readonly string[]): Promise<number> =>
      context.run(...words, '--emulator', '--rate', 'unlimited');
    const results = context.at('people.results.csv');
    const undone = (name: string): string => {
      const [, ...lines] = context.read(name).trimEnd().split('\n');
      return lines.map((line) => /(O1,\w+,S-[0-9]+(,\w+,S-[0-9]+)?),/.exec(line)?.[1] ?? line).join(' | ');
    };
    await run('disassociate', context.at('people.csv'), '--replace-with', 'S-0000004');
    context.said();
    await run('undo', results, '--where', 'Note=x', '-o', context.at('x.csv'));
    expect(context.said().err).toContain('1 replacement stays attached: other rows of the run');
    expect(undone('x.csv')).toBe('O1,Solutions,S-0000001');
    await run('undo', results, '--where', 'Note=y', '-o', context.at('y.csv'));
    expect(undone('y.csv')).toBe('O1,Solutions,S-0000002');
  });

  it('counts a row once where two undos had it, and tells the cost of those that are left', async () => {
    const context = makeContext();
    const rows = rowsOf(5).map((row) => `${row},S-0000099`);
    context.write('people.csv', ['Opportunity ID,Entity ID,Owner,Replacement', ...rows, ''].join('\n'));
    const run = (...words: readonly string[]): Promise<number> =>
      context.run(...words, '--emulator', '--rate', 'unlimited', '--quiet');
    const results = context.at('people.results.csv');
    await run('disassociate', context.at('people.csv'));
    await run('undo', results, '--where', 'Owner=Bea');
    await context.run('report', results);
    expect(context.read('people.report.html')).toContain('6 writes of the day’s quota');
    expect(rowsBackIn(context.read('people.report.html')).map(([row]) => row)).toEqual(['3', '5']);
    await run('undo', results, '-o', context.at('a-rest.csv'));
    context.said();
    await context.run('status', results);
    expect(context.said().out).toContain(
      '2 of its rows were taken back by people.undo.csv\n  3 of its rows were taken back by a-rest.csv\n',
    );
    await context.run('report', results);
    expect(context.read('people.report.html')).toContain('all that the run changed was taken back');
  });

  it('says so as it goes on, and once more at its end: its results still have those rows as done', async () => {
    const context = makeContext();
    context.write('people.csv', ['Opportunity ID,Entity ID,Owner', ...rowsOf(5), ''].join('\n'));
    const run = (...more: readonly string[]): Promise<number> =>
      context.run('disassociate', context.at('people.csv'), ...EMULATOR, ...more);
    await run('--limit', '2');
    await context.run('undo', context.at('people.results.csv'), ...EMULATOR);
    const words = '2 of its rows were taken back by people.undo.csv: this run does not send that again.';
    const told = (): readonly string[] =>
      context
        .said()
        .err.split('\n')
        .filter((line) => /^Going on|^2 of its|^Finished|^This run/.test(line))
        .map((line) => line.slice(0, line.startsWith('2') ? words.length : 8));
    told();

    await run();
    expect(told()).toEqual(['Going on', words, 'Finished', words]);
    await run();
    expect(told()).toEqual(['This run', words]);
    await context.run('report', context.at('people.results.csv'));
    expect(context.read('people.report.html')).not.toContain('Nobody has to look at anything');
  });
});

function rowsOf(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `O${100 + index},S-000000${index},${index % 2 ? 'Bea' : 'Ann'}`,
  );
}

/** Rows of a report that are shown as taken back, each with the undo. */
function rowsBackIn(page: string): readonly (readonly string[])[] {
  const [, json = ''] = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(page) ?? [];
  const { own, since, columns, texts, rows } = JSON.parse(json) as {
    readonly [name in 'own' | 'since' | 'columns' | 'texts']: readonly string[];
  } & { readonly rows: readonly (readonly (string | number)[])[] };
  const names = [...own, ...since, ...columns];
  return rows.map((row) =>
    ['row', 'since_by'].map((name) => {
      const cell = row[names.indexOf(name)] ?? '';
      return (typeof cell === 'number' ? (texts[cell] ?? '') : cell).split(',')[0] ?? '';
    }),
  );
}
