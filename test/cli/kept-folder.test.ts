import { chmodSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { stopOf } from '../../src/model/run-error.ts';
import { keptFromUs } from '../disk/kept-from-us.ts';
import { makeContext } from './fake-context.ts';

describe.skipIf(process.platform === 'win32')('a run’s folder that may not be looked into', () => {
  it.each([['status RESULTS'], ['status RESULTS --verify'], ['undo RESULTS --emulator'], ['report RESULTS']])(
    'is told as that, not as absent: %s',
    async (line) => {
      const context = makeContext();
      chmodSync(context.at('.'), 0o777);
      context.write('people.csv', 'Opportunity ID,Entity Type,Entity ID\nO1,Solutions,S-0000001\n');
      await context.run('disassociate', context.at('people.csv'), '--emulator', '--rate', 'unlimited');
      context.said();
      const words = line
        .split(' ')
        .map((word) => (word === 'RESULTS' ? context.at('people.results.csv') : word));
      const stop = await keptFromUs(context.at('people.oppsweep'), () => context.run(...words)).then(
        () => undefined,
        stopOf,
      );
      expect(stop?.message).toContain('journal.jsonl could not be read or written: EACCES');
      expect(stop?.advice).toEqual({ code: 'ask_owner' });
      expect(context.said().out).toBe('');
    },
  );

  it('keeps nobody from taking its input for a run of another name', async () => {
    const context = makeContext();
    chmodSync(context.at('.'), 0o777);
    const input = context.write(
      'people.csv',
      'Opportunity ID,Entity Type,Entity ID\nO1,Solutions,S-0000001\n',
    );
    const run = (output: string): Promise<number> =>
      context.run('disassociate', input, '--emulator', '--rate', 'unlimited', '-o', context.at(output));
    await run('people.results.csv');
    expect(await keptFromUs(context.at('people.oppsweep'), () => run('mine.csv'))).toBe(0);
  });
});
