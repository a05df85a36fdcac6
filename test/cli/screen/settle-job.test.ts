import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Disk } from '../../../src/disk/disk.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { makeContext, type FakeContext } from '../fake-context.ts';
import { workbookOf } from '../../input/workbook/zip-writer.ts';

const HEADER = 'Opportunity ID,ACE Opportunity ID,Entity ID';
const TEXT = `${HEADER}\nO1,O8,S-0000001\nO2,O9,S-0000002\n`;

/** Runs a command where somebody types these answers; the number of questions comes with its exit code. */
async function answered(
  { context }: FakeContext,
  typed: readonly string[],
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly questions: number }> {
  let questions = 0;
  const terminal = { ...context.terminal, canAsk: true, ask: async () => typed[questions++] ?? '' };
  const code = await runProgram({ ...context, terminal, args });
  return { code, questions };
}

it('an input that is gone is told with the copy that its run has kept', async () => {
  const scene = makeContext();
  const people = scene.write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\nO2,S-0000002\n');
  const run = ['disassociate', people, '--emulator'];
  expect(await scene.run(...run, '--limit', '1')).toBe(3);
  rmSync(people);

  await expect(scene.run(...run)).rejects.toMatchObject({
    code: 'input_unreadable',
    message: `There is no file ${people}. Its run in ${scene.at('people.oppsweep')} has a copy of it.`,
    advice: { code: 'go_on_with_copy' },
  });

  expect(await scene.run(...run, '--use-copy')).toBe(0);
  await expect(scene.run('disassociate', scene.at('folk.csv'), '--emulator')).rejects.toMatchObject({
    advice: { code: 'check_file_name' },
  });
});

describe('a file in which two columns may be meant', () => {
  const open = (): { readonly scene: FakeContext; readonly people: string } => {
    const scene = makeContext();
    return { scene, people: scene.write('people.csv', TEXT) };
  };

  it('is asked about once in a run: going on takes the answer from it, with a terminal and without', async () => {
    const { scene, people } = open();
    const run = ['disassociate', people, '--emulator'];
    expect(await answered(scene, ['2'], ...run, '--limit', '1')).toEqual({ code: 3, questions: 1 });
    expect(scene.said().err).toMatch(
      /Go on: {2}oppsweep .*--limit 1 --opportunity-column 'ACE Opportunity ID'\n/,
    );

    expect(await scene.run(...run, '--limit', '1')).toBe(0);
    expect(await answered(scene, [], ...run)).toEqual({ code: 0, questions: 0 });
    expect(scene.read('people.results.csv')).toContain('disassociated,,,,O8,');
  });

  it('is asked about anew where the run begins anew', async () => {
    const { scene, people } = open();
    await answered(scene, ['2'], 'disassociate', people, '--emulator');
    const again = ['disassociate', people, '--emulator', '--restart'];
    expect(await answered(scene, ['1'], ...again)).toEqual({ code: 0, questions: 1 });
    expect(scene.read('people.results.csv')).toContain('disassociated,,,,O1,');
  });

  it('is refused, and nothing begun, where the question is left', async () => {
    const { scene, people } = open();
    await expect(answered(scene, [''], 'disassociate', people, '--emulator')).rejects.toMatchObject({
      code: 'input_columns',
    });
    await expect(scene.run('disassociate', people, '--emulator')).rejects.toMatchObject({
      code: 'input_columns',
    });
  });

  it('goes on from its own copy without being asked about', async () => {
    const { scene, people } = open();
    await answered(scene, ['2'], 'disassociate', people, '--emulator', '--limit', '1');
    scene.write('people.csv', `${HEADER}\n`);
    expect(await scene.run('disassociate', people, '--emulator', '--use-copy')).toBe(0);
  });

  it.each(['check', 'plan', 'associate'])('is asked about by %s, too', async (command) => {
    const { scene, people } = open();
    const args = command === 'check' ? [command, people] : [command, people, '--emulator'];
    expect(await answered(scene, ['1'], ...args)).toEqual({ code: 0, questions: 1 });
  });

  it('is asked about by export and compare, each file of it', async () => {
    const { scene, people } = open();
    const state = ['--emulator-state', scene.write('held.csv', 'Opportunity ID,Entity ID\nO8,S-0000001\n')];
    expect(await answered(scene, ['2'], 'export', people, ...state)).toEqual({ code: 1, questions: 1 });
    const other = scene.write('other.csv', TEXT);
    expect(await answered(scene, ['2'], 'compare', people, other)).toEqual({ code: 0, questions: 1 });
  });
});

describe('an export of a file in which two columns may be meant', () => {
  const begun = async (): Promise<{ readonly scene: FakeContext; readonly args: readonly string[] }> => {
    const scene = makeContext();
    const held = scene.write('held.csv', 'Opportunity ID,Entity ID\nO8,S-0000001\n');
    const args = [
      'export',
      scene.write('people.csv', TEXT),
      '--emulator-state',
      held,
      '-o',
      scene.at('now.csv'),
    ];
    const disk: Disk = {
      ...scene.context.disk,
      openForAppend: (path) =>
        path.endsWith('export.partial.csv')
          ? Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }))
          : scene.context.disk.openForAppend(path),
    };
    const full = { ...scene, context: { ...scene.context, disk } };
    expect(await answered(full, ['2'], ...args)).toEqual({ code: 3, questions: 1 });
    return { scene, args };
  };

  it('takes the answer from the export that it goes on with, with a terminal and without', async () => {
    const { scene, args } = await begun();
    expect(await scene.run(...args)).toBe(1);
    expect(scene.read('now.csv')).toContain('O8,');
    const again = await begun();
    expect(await answered(again.scene, [], ...again.args)).toEqual({ code: 1, questions: 0 });
  });

  it('is asked about anew where it begins anew', async () => {
    const { scene, args } = await begun();
    expect(await answered(scene, ['1'], ...args, '--restart')).toMatchObject({ questions: 1 });
  });
});

describe('a workbook of several sheets', () => {
  it('is asked about, and the answer is kept', async () => {
    const scene = makeContext();
    const sheet = [HEADER.split(',').slice(1), ['O8', 'S-0000001']];
    const people = scene.write('people.xlsx', workbookOf({ Old: sheet, New: sheet }));
    const run = ['disassociate', people, '--emulator'];
    expect(await answered(scene, ['2'], ...run)).toEqual({ code: 0, questions: 1 });
    expect(scene.said().err).toContain('2  "New"  2 rows\n');
    expect(await answered(scene, [], ...run)).toEqual({ code: 0, questions: 0 });
  });
});
