import { describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { makeContext } from '../fake-context.ts';

const MESSY = [
  'Clean-up of people',
  '',
  'Opportunity ID,Entity ID',
  'o1, S-0000001',
  '',
  ',',
  '4100012,S-0000002',
  'O3,"S-0000003; s-0000004;S-0000005"',
  'O5,S-0000006',
  'Total,3',
  '',
].join('\n');

interface Checked {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly problems: readonly string[];
  readonly fixed: readonly (readonly string[])[];
}

async function check(text: string, ...options: readonly string[]): Promise<Checked> {
  const context = makeContext();
  context.write('people.csv', text);
  const files = ['--fixed', context.at('fixed.csv'), '--problems', context.at('problems.csv')];
  const ended = await context.end('check', context.at('people.csv'), ...files, ...options);
  const rows = (name: string): string[][] => parse(context.read(name), { relaxColumnCount: true });
  return {
    ...ended,
    problems: rows('problems.csv')
      .slice(1)
      .map(([row = '', problem = '']) => `${row} ${problem}`),
    fixed: rows('fixed.csv'),
  };
}

describe('oppsweep check --fixed', () => {
  it('gives rows the numbers that --problems names, whatever stands around and between them', async () => {
    const { problems, fixed } = await check(MESSY);
    expect(problems).toContain('7 opportunity_pattern');
    expect(fixed[7 - 1]).toEqual(['4100012', 'S-0000002']);
    expect(fixed[9 - 1]).toEqual(['O5', 'S-0000006']);
    expect(fixed[0]).toEqual(['Clean-up of people']);
  });

  it('keeps a cell of several identifiers one row, each of them cleaned', async () => {
    const split = await check(MESSY.replace('s-0000004', ' S-0000004'), '--split');
    expect(split.fixed[8 - 1]).toEqual(['O3', 'S-0000003;S-0000004;S-0000005']);
    expect(split.fixed[9 - 1]).toEqual(['O5', 'S-0000006']);
  });

  it('writes no header that the input has not', async () => {
    const columns = ['--no-header', '--opportunity-column', '1', '--entity-column', '2'];
    const { problems, fixed } = await check('O1,S-0000001\n12,S-0000002\n', ...columns);
    expect(problems).toEqual(['2 opportunity_pattern']);
    expect(fixed).toEqual([
      ['O1', 'S-0000001'],
      ['12', 'S-0000002'],
    ]);
  });

  it('takes no suggestion that says more than the value, unless asked', async () => {
    const { fixed, err } = await check('Opportunity ID,Entity ID\n4100012,S-0000002\n');
    expect(fixed[1]).toEqual(['4100012', 'S-0000002']);
    expect(err).not.toContain('accepted');
  });
});

describe('oppsweep check --accept-suggestions', () => {
  const DIGITS = 'Opportunity ID,Entity ID\n4100012,S-0000002\nO2,S-0000003\n9,nothing\n';

  it('takes the one suggestion of each problem, lists it, and leaves the rest', async () => {
    const { fixed, err } = await check(DIGITS, '--accept-suggestions');
    expect(fixed.slice(1)).toEqual([
      ['O4100012', 'S-0000002'],
      ['O2', 'S-0000003'],
      ['O9', 'nothing'],
    ]);
    expect(err).toContain('2 suggestions accepted: look at each before you run the file.');
    expect(err).toContain('  row 2: "4100012" became "O4100012"\n');
    expect(err).toContain('(2 rows corrected, 1 row left to correct by hand)');
  });

  it('lists all of them in the JSON', async () => {
    const { out } = await check(DIGITS, '--accept-suggestions', '--json');
    expect(JSON.parse(out)).toMatchObject({
      accepted: [
        { row: 2, from: '4100012', to: 'O4100012' },
        { row: 4, from: '9', to: 'O9' },
      ],
    });
  });

  it('is refused without a file to write them to', async () => {
    const context = makeContext();
    context.write('people.csv', DIGITS);
    const { code, err } = await context.end('check', context.at('people.csv'), '--accept-suggestions');
    expect(code).toBe(2);
    expect(err).toContain('--fixed FILE');
  });
});

it.each([[[]], [['--where', 'Change=added']], [['--entities', 'S-0000001']]])(
  'a file without a row has nothing to do, whatever is asked for: %j',
  async (asked) => {
    const { at, end, write } = makeContext();
    write('changes.csv', 'Change,Opportunity ID,Entity ID\n');
    const checked = await end('check', at('changes.csv'), ...asked);
    expect([checked.code, checked.err]).toEqual([
      0,
      expect.stringContaining('It has no rows: there is nothing to do.') as string,
    ]);
    for (const command of ['plan', 'disassociate']) {
      const { code, err } = await end(command, at('changes.csv'), '--emulator', ...asked);
      expect([command, code]).toEqual([command, 0]);
      expect(err).not.toContain('Run it');
    }
  },
);
