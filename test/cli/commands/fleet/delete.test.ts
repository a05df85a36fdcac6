import { describe, expect, it } from 'vitest';
import { runProgram } from '../../../../src/cli/program.ts';
import { systemClock } from '../../../../src/disk/system-clock.ts';
import { hasStores } from '../../../e2e/store/hosts.ts';
import { postgresForFile } from '../../../postgres/for-file.ts';
import { homeAt } from '../../../store/postgres/homes.ts';
import { makeContext } from '../../fake-context.ts';

const postgres = postgresForFile();

describe.skipIf(postgres.absent || !hasStores)('fleet delete', () => {
  it('asks once on a terminal, and names what is lost and what is kept', async () => {
    const home = await homeAt({ url: await postgres.database() }, systemClock);
    const fleets = await home.fleets({ supervise: false });
    const account = '111122223333';
    const run = { account, inputName: 'a.csv', input: Buffer.from('a\n'), rows: 1, rowsToRun: 1 };
    await fleets.submit({ name: 'spring', options: '{}', runs: [run] });
    for (const one of await fleets.runs()) await fleets.stop(one);
    const { context, said } = makeContext();
    const asked: string[] = [];
    const answering = (answer: string) =>
      runProgram({
        ...context,
        ...home,
        store: home,
        args: ['fleet', 'delete', 'spring'],
        terminal: {
          ...context.terminal,
          canAsk: true,
          ask: async (question) => {
            asked.push(question);
            return answer;
          },
        },
      });
    await expect(answering('n')).rejects.toMatchObject({
      code: 'confirmation_missing',
      message: 'The answer was not yes: nothing was deleted.',
    });
    const { err } = said();
    expect(err).toMatch(
      /^Fleet {4}spring: 1 run, 1 never begun\nLost .*journals and results.*proof.*undo\nKept /,
    );
    expect(await fleets.runs()).toHaveLength(1);
    expect(await answering('y')).toBe(0);
    expect(asked).toEqual([
      'Delete the fleet spring for good? [y/N] ',
      'Delete the fleet spring for good? [y/N] ',
    ]);
    expect(said().err).toContain('The fleet spring is deleted, with 1 run\n');
    expect(await fleets.runs()).toEqual([]);
    await fleets.close();
  });
});
