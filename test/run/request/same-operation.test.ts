import { describe, expect, it } from 'vitest';
import { makeContext, type FakeContext } from '../../cli/fake-context.ts';

const ROWS = 'Opportunity,Solution\nO1,S-0000001\nO2,S-0000002\n';
const PAIRS = 'Opportunity,Old,New\nO1,S-0000001,S-0000011\n';

function scene(
  rows: string,
): FakeContext & { readonly ends: (...words: string[]) => ReturnType<FakeContext['end']> } {
  const context = makeContext();
  context.write('rows.csv', rows);
  return {
    ...context,
    ends: (command = '', file = '', ...options) =>
      context.end(command, context.at(file), '--emulator', ...options),
  };
}

describe('results of the opposite operation', () => {
  it.each([
    ['a plan', ['plan', 'rows.csv', '--associate'], 'rows.plan.csv', 'would_associate 2'],
    ['results', ['associate', 'rows.csv'], 'rows.results.csv', 'associated 2'],
  ])('are refused: %s of an associate', async (_, made, left, rows) => {
    const { at, ends } = scene(ROWS);
    await ends(...made);
    for (const command of ['disassociate', 'plan']) {
      const { code, err } = await ends(command, left, '-o', at(`${command}.csv`));
      expect([code, err]).toEqual([2, expect.stringContaining(`has rows of a run of associate (${rows})`)]);
    }
    const { code, err } = await ends('disassociate', left, '--only', 'failed,associated,would_associate');
    expect([code, err]).toEqual([2, expect.stringContaining('run oppsweep associate.')]);
    expect((await ends('disassociate', left, '--only', 'associated,would_associate')).code).toBe(0);
  });

  it('are refused: removed associations are attached again by name alone, replaced ones by an undo', async () => {
    const { ends } = scene(PAIRS);
    const columns = ['--entity-column', 'Old', '--replace-column', 'New'];
    expect((await ends('disassociate', 'rows.csv', ...columns)).code).toBe(0);
    for (const only of [[], ['--only', 'replaced']]) {
      const { code, err } = await ends('associate', 'rows.results.csv', ...only);
      expect([code, err]).toEqual([2, expect.stringMatching(/\(replaced 1\)[^]*oppsweep undo/)]);
      expect(err).not.toContain('say of which rows');
    }
  });

  it('are refused: rows of an undo, each of which has an operation of its own', async () => {
    const { at, ends, read, write } = scene(ROWS);
    await ends('disassociate', 'rows.csv');
    expect((await ends('undo', 'rows.results.csv', '-o', at('undone.csv'))).code).toBe(0);
    write('undone.csv', read('undone.csv').replace('associated', 'failed'));
    for (const command of ['disassociate', 'associate']) {
      const { code, err } = await ends(command, 'undone.csv', '--only', 'failed', '-o', at(`${command}.csv`));
      expect([code, err]).toEqual([2, expect.stringMatching(/as its column "Undo by" says[^]*--restart/)]);
    }
  });
});

it('a column of replacements is told and not read where nothing is replaced', async () => {
  const { ends, read } = scene(PAIRS.replace('New', 'Replacement').replace('Old', 'Solution'));
  const { code, err } = await ends('associate', 'rows.csv');
  expect([code, err]).toEqual([0, expect.stringContaining('column "Replacement" is not used')]);
  expect(read('rows.results.csv')).toMatch(/,S-0000001,,1,/);
  const refused = await ends('associate', 'rows.csv', '--replace-column', 'Replacement');
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('puts nothing in its place')]);
});
