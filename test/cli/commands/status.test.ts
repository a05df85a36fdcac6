import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../../src/cli/words/describe-end.ts';
import type { RunError } from '../../../src/model/run-error.ts';
import type { SoundStatus } from '../../../src/run/record/read-status.ts';
import type { Verification } from '../../../src/run/record/verify/verification.ts';
import { makeContext, type FakeContext } from '../fake-context.ts';

const PEOPLE = [
  'Opportunity ID,Entity ID',
  'O1,S-0000001',
  'O2,S-0000002',
  'O2,S-0000002',
  'O3,nonsense',
  '',
];

/** A context with a run of people.csv in it, up to as many rows as `limit` says. */
async function contextWithRun(...options: readonly string[]): Promise<FakeContext> {
  const context = makeContext();
  context.write('people.csv', PEOPLE.join('\n'));
  await context.run(
    'disassociate',
    context.at('people.csv'),
    '--emulator',
    '--rate',
    'unlimited',
    ...options,
  );
  context.said();
  return context;
}

describe('oppsweep status', () => {
  it('tells of a finished run in words, by any of its names', async () => {
    const context = await contextWithRun();
    for (const name of ['people.results.csv', 'people.oppsweep', 'people.oppsweep/results.partial.csv']) {
      // One of its rows is invalid.
      expect(await context.run('status', context.at(name))).toBe(1);
      const { out, err } = context.said();
      expect(err).toBe('');
      expect(out).toMatch(/^people\.results\.csv, the run of .*people\.csv: finished .*\d\d:\d\d UTC/);
      expect(out).toMatch(/4 rows:\n {2}2 {2}disassociated/);
      expect(out).toContain(`Results: ${context.at('people.results.csv')}`);
    }
  });

  it('tells of a stopped run what is done, what is beside it and when the rest would end', async () => {
    const context = await contextWithRun('--limit', '1');
    expect(await context.run('status', context.at('people.results.csv'))).toBe(3);
    const { out } = context.said();
    expect(out).toContain('Reason: limit_reached: As many rows as --limit asks for are done.\n  Look at');
    expect(out).toMatch(/Last call: \d\d:\d\d \((\d+ s|less than a second) ago\)/);
    expect(out).toContain(
      `Go on:  oppsweep disassociate ${context.at('people.csv')} --emulator --rate unlimited --limit 1\n`,
    );
    expect(out).toContain('stopped; no process works on it');
    expect(out).toContain('1 of 2 valid rows done (beside them 1 invalid, 1 duplicate):');
    expect(out).toMatch(/Finish: .*, if it goes on now/);
    expect(out).toContain(`So far: ${context.at('people.oppsweep/results.partial.csv')}`);
  });

  it('prints JSON alone with --json, verification included', async () => {
    const context = await contextWithRun();
    expect(await context.run('status', context.at('people.oppsweep'), '--json', '--verify')).toBe(0);
    const { out, err } = context.said();
    expect(err).toBe('');
    // What the command prints is what readStatus and verifyRun gave it.
    const told = JSON.parse(out) as SoundStatus & { readonly verification: Verification };
    expect(told).toMatchObject({ state: 'finished', rowsToRun: 2, verification: { sound: true } });
    expect(told.end?.tally.byStatus).toEqual({ disassociated: 2, duplicate: 1, invalid: 1 });
  });

  it('exits 1 where --verify finds something, and names it', async () => {
    const context = await contextWithRun();
    context.write('people.results.csv', context.read('people.results.csv').replace('S-0000001', 'S-0000009'));
    expect(await context.run('status', context.at('people.oppsweep'), '--verify')).toBe(1);
    expect(context.said().out).toMatch(
      /BAD {2}the results have the SHA-256 they were published with: .+ instead of/,
    );
    rmSync(context.at('people.results.csv'));
    expect(await context.run('status', context.at('people.oppsweep'), '--verify')).toBe(1);
    expect(context.said().out).toContain('BAD  the results have a line for every row: 0 instead of 4');
  });

  it('says in a line that results are not as the run left them, or not there', async () => {
    const context = await contextWithRun();
    const told = async (): Promise<string | undefined> => {
      await context.run('status', context.at('people.oppsweep'));
      return /^Results: .*people\.results\.csv(.*)$/m.exec(context.said().out)?.[1];
    };
    expect(await told()).toBe('');
    const results = context.read('people.results.csv');
    context.write('people.results.csv', results.replace('S-0000001', 'S-0000009'));
    expect(await told()).toBe(' (not as the run left it: changed since; --verify tells more)');
    rmSync(context.at('people.results.csv'));
    expect(await told()).toMatch(/^ \(not there; the same command writes it again/);
  });

  it('says of a run whose journal was cut that nothing is known, and tells no number by it', async () => {
    const context = await contextWithRun();
    const lines = context.read('people.oppsweep/journal.jsonl').split('\n');
    context.write('people.oppsweep/journal.jsonl', lines.toSpliced(-3).join('\n').concat('\n'));
    expect(await context.run('status', context.at('people.results.csv'))).toBe(2);
    const { out } = context.said();
    expect(out).toMatch(/people\.csv: damaged; no process works on it\nDAMAGED: the journal was changed: /);
    expect(out).toContain(
      '\nWhat was done for how many rows, what is left of the quota, and when it ends is not known.',
    );
    expect(out).not.toMatch(/done:|Quota:|Finish:|Sessions:|disassociated|Go on:/);
    expect(await context.run('status', context.at('people.results.csv'), '--watch')).toBe(2);
    expect(context.said().out).toBe(out);
    expect(await context.run('status', context.at('people.results.csv'), '--verify')).toBe(1);
    expect(context.said().out).toMatch(
      /the journal has no end: it was cut\. Restore the run’s folder from a backup\n/,
    );
    await context.run('report', context.at('people.results.csv'));
    const page = context.read('people.report.html');
    expect(page).toContain('How many rows are still to be done is not known.');
    expect(page).toContain(
      '<tr><th scope="row">rows still to be done</th><td class="number">not known</td></tr>',
    );
    expect(page).not.toContain('day’s quota left, as far as');
  });

  it('lists a damaged line of the journal where --verify asks, and exits 1', async () => {
    const context = await contextWithRun();
    const lines = context.read('people.oppsweep/journal.jsonl').split('\n');
    const damaged = lines.map((text, index) => (index === 3 ? text.replace('"t":', '"T":') : text));
    context.write('people.oppsweep/journal.jsonl', damaged.join('\n'));
    expect(await context.run('status', context.at('people.results.csv'), '--verify')).toBe(1);
    const { out } = context.said();
    expect(out).toMatch(/BAD {2}the run’s record can be read: .+, its line 4, with good lines behind it/);
    expect(out).toContain('ok   the results have the SHA-256 that the summary names');
    for (const command of ['status', 'report', 'undo --emulator']) {
      const error: unknown = await context
        .run(...command.split(' '), context.at('people.results.csv'))
        .catch((caught: unknown) => caught);
      expect(describeError(error as RunError)).toContain(
        '\nRestore the run’s folder from a backup. What is sound without it: status --verify tells.\n',
      );
    }
  });

  it('tells the reason and the way on in JSON, with a version', async () => {
    const context = await contextWithRun('--limit', '1');
    expect(await context.run('status', context.at('people.oppsweep'), '--json')).toBe(3);
    expect(JSON.parse(context.said().out)).toMatchObject({
      version: 1,
      state: 'stopped',
      stop: { code: 'limit_reached' },
      goOn: expect.stringContaining('oppsweep disassociate ') as string,
      lastCallMs: expect.any(Number) as number,
    });
  });

  it('refuses a folder that is no run’s, and says what to name', async () => {
    const context = await contextWithRun();
    await expect(context.run('status', context.at('.'))).rejects.toMatchObject({
      code: 'input_unreadable',
      advice: { code: 'name_a_run' },
    });
  });

  it('exits 0 where every row ended as wished', async () => {
    const context = makeContext();
    context.write('people.csv', PEOPLE.slice(0, 3).join('\n'));
    await context.run('disassociate', context.at('people.csv'), '--emulator', '--rate', 'unlimited');
    expect(await context.run('status', context.at('people.results.csv'))).toBe(0);
  });

  it('tells what results and summary tell where the folder is gone', async () => {
    const context = await contextWithRun();
    rmSync(context.at('people.oppsweep'), { recursive: true });
    expect(await context.run('status', context.at('people.results.csv'))).toBe(1);
    const { out } = context.said();
    expect(out).toMatch(/people\.results\.csv: finished; its folder is not beside it/);
    const where = 'A rehearsal against the emulator: nothing was changed at AWS.';
    expect(out).toContain(`\n${where}\n4 rows:\n  2  disassociated`);
    expect(out).toContain('The results are those that the summary tells of');

    expect(await context.run('status', context.at('people.results.csv'), '--verify')).toBe(0);
    expect(context.said().out).toMatch(/Verified:\n {2}ok .+SHA-256[^]+Not verified:\n {2}-- {3}the journal/);
    context.write('people.results.csv', context.read('people.results.csv').replace('S-0000001', 'S-0000009'));
    expect(await context.run('status', context.at('people.results.csv'), '--json', '--verify')).toBe(1);
    expect(JSON.parse(context.said().out)).toMatchObject({ version: 1, resultsIntact: false });
  });

  it.each([
    ['emptied', ''],
    ['deleted', undefined],
  ])('finds a journal that was %s in a folder that stands there', async (_how, text) => {
    const context = await contextWithRun();
    rmSync(context.at('people.oppsweep/journal.jsonl'));
    if (text !== undefined) context.write('people.oppsweep/journal.jsonl', text);
    for (const named of ['people.results.csv', 'people.oppsweep']) {
      expect(await context.run('status', context.at(named), '--verify')).toBe(1);
      const { out } = context.said();
      expect(out).toContain('people.oppsweep stands beside it, but its journal is empty or gone');
      expect(out).toMatch(/BAD {2}the run’s journal can be read: .+ its journal is empty or gone/);
      expect(out).not.toContain('is not beside');
    }
  });

  it('says of a folder that is another run’s no word of a change or a cut', async () => {
    const context = await contextWithRun('--limit', '1');
    const other = context.read('people.oppsweep/journal.jsonl');
    await context.run(
      'disassociate',
      context.at('people.csv'),
      '--emulator',
      '--rate',
      'unlimited',
      '--restart',
    );
    context.write('people.oppsweep/journal.jsonl', other);
    context.said();
    expect(await context.run('status', context.at('people.results.csv'), '--verify')).toBe(1);
    const { out } = context.said();
    expect(out).toContain('DAMAGED: the folder and the summary are not of one run: ');
    expect(out).toContain('the journal has no end: the folder is another run’s');
    expect(out).not.toMatch(/journal was changed|it was cut/);
  });

  it('tells what renamed results tell by themselves, and what not', async () => {
    const context = await contextWithRun();
    context.write('renamed.csv', context.read('people.results.csv'));
    expect(await context.run('status', context.at('renamed.csv'))).toBe(1);
    const { out } = context.said();
    expect(out).toMatch(/4 rows:\n {2}2 {2}disassociated/);
    expect(out).toContain('who ran it, when and where is not known');
    expect(await context.run('status', context.at('renamed.csv'), '--verify')).toBe(1);
    expect(context.said().out).toContain('nothing shows whether they are as they were written');
  });

  it('says of a file that is none of a run that it is no results', async () => {
    const context = makeContext();
    context.write('other.csv', PEOPLE.join('\n'));
    await expect(context.run('status', context.at('other.csv'))).rejects.toMatchObject({
      message: expect.stringContaining('is no results file') as string,
    });
  });

  it('refuses what is no run', async () => {
    const context = makeContext();
    await expect(context.run('status', context.at('people.results.csv'))).rejects.toMatchObject({
      code: 'input_unreadable',
    });
  });
});
