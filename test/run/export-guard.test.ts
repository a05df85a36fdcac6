import { describe, expect, it } from 'vitest';
import { EXPORT_COLUMNS } from '../../src/model/result-columns.ts';
import { makeContext, type EndOfCommand, type FakeContext } from '../cli/fake-context.ts';

const TAIL = ['Qualified', 'Pending', 'Acme', 'Move', '', '2026-11-01'];
const LINES = [
  EXPORT_COLUMNS,
  ['O1', 'Solutions', 'S-0000001', ...TAIL],
  ['O2', 'AwsProducts', 'AmazonEC2', ...TAIL],
];

/** An export of all that two opportunities hold, and the commands that are run on it or on what they leave. */
function scene(): FakeContext & {
  readonly ends: (command: string, ...options: string[]) => Promise<EndOfCommand>;
} {
  const context = makeContext();
  context.write('now.csv', LINES.map((cells) => `${cells.join(',')}\n`).join(''));
  return {
    ...context,
    ends: (command, file = '', ...options) =>
      context.end(command, context.at(file), '--emulator', ...options),
  };
}

describe('an export of all that opportunities hold', () => {
  it('is refused by a plan as by the run that it plans', async () => {
    const { ends } = scene();
    for (const command of ['plan', 'disassociate']) {
      const { code, err } = await ends(command, 'now.csv');
      expect([command, code]).toEqual([command, 2]);
      expect(err).toContain(
        'is an export, and nothing beside it shows that it is still one of some entities or types: it may name all that its opportunities hold, and every line would be removed.',
      );
    }
  });

  it.each<[string, (cells: readonly string[], line: number) => readonly string[]]>([
    ['a column taken out', (cells) => cells.slice(0, -1)],
    ['its columns in another order', (cells) => cells.toReversed()],
    ['a column of another name', (cells, line) => (line === 0 ? cells.with(3, 'Phase') : cells)],
    ['a column put in', (cells) => cells.toSpliced(1, 0, 'x')],
  ])('is known with %s', async (_, edited) => {
    const { ends, write } = scene();
    write('edited.csv', LINES.map((cells, line) => `${edited(cells, line).join(',')}\n`).join(''));
    const { code, err } = await ends('disassociate', 'edited.csv');
    expect(code).toBe(2);
    expect(err).toContain('is an export, and nothing beside it shows');
  });

  it('can not be told from a list of one’s own where hardly more than what is read is left', async () => {
    const { ends, write } = scene();
    write('own.csv', LINES.map((cells) => `${cells.slice(0, 5).join(',')}\n`).join(''));
    expect((await ends('disassociate', 'own.csv')).code).toBe(0);
  });

  it('is carried out by its plan without being said twice', async () => {
    const { ends } = scene();
    expect((await ends('plan', 'now.csv', '--all-lines')).code).toBe(0);
    expect((await ends('disassociate', 'now.plan.csv')).code).toBe(0);
  });

  it('loses by a plan with a selection only what is selected', async () => {
    const { ends, read } = scene();
    expect((await ends('plan', 'now.csv', '--entities', 'AmazonEC2')).code).toBe(0);
    expect((await ends('disassociate', 'now.plan.csv')).code).toBe(0);
    expect(read('now.planned.results.csv')).toMatch(/S-0000001.*,skipped,[^]*AmazonEC2.*,disassociated,/);
  });

  it.each([
    ['its results', ['associate', 'now.csv'], 'now.results.csv'],
    ['its plan', ['plan', 'now.csv', '--associate'], 'now.plan.csv'],
  ])('may be associated, and %s are no way round', async (_, [command = '', ...args], left) => {
    const { ends } = scene();
    expect((await ends(command, ...args)).code).toBe(0);
    for (const removing of ['plan', 'disassociate']) {
      const { code, err } = await ends(removing, left);
      expect([removing, code]).toEqual([removing, 2]);
      expect(err).toContain(' has rows of a run of associate (');
      expect(err).toContain('--only ');
    }
    expect((await ends('disassociate', left, '--only', 'associated,would_associate')).code).toBe(0);
  });
});

describe('what was added and removed between two exports', () => {
  it('is removed only once it is said which lines are meant', async () => {
    const { ends, write } = scene();
    write(
      'changes.csv',
      'Change,Opportunity ID,Entity Type,Related Entity,Row Before,Row After\nremoved,O1,Solutions,S-0000001,2,\nadded,O2,Solutions,S-0000002,,2\n',
    );
    for (const command of ['plan', 'disassociate']) {
      const { code, err } = await ends(command, 'changes.csv');
      expect([command, code]).toEqual([command, 2]);
      expect(err).toContain('every line would be removed.');
      expect(err).toContain('--where Change=added');
    }
    expect((await ends('disassociate', 'changes.csv', '--where', 'Change=added')).code).toBe(0);
    expect((await ends('associate', 'changes.csv', '--restart')).code).toBe(0);
  });
});
