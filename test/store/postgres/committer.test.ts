import { describe, expect, it } from 'vitest';
import { NO_LINES } from '../../../src/store/journal-chain.ts';
import { createCommitter } from '../../../src/store/postgres/database/committer.ts';
import type { Database } from '../../../src/store/postgres/database/database.ts';
import type { RunToken, Write } from '../../../src/store/postgres/database/write.ts';
import { createVirtualClock } from '../../pace/virtual-clock.ts';

/** Takes every commit, and keeps how many runs each had. */
function takingAll(): { readonly database: Database; readonly commits: readonly number[] } {
  const commits: number[] = [];
  const ask = async (_sql: string, values: readonly unknown[] = []): Promise<never[]> => {
    const ids = String(values[5]).slice(1, -1).split(',');
    commits.push(ids.length);
    // As rows of the statement.
    return ids.map((id) => ({ what: 'run', id })) as never[];
  };
  return { database: { ask } as Partial<Database> as Database, commits };
}

const lineOf = (id: string): Write => {
  const run: RunToken = { id, epoch: '1', words: id, written: NO_LINES, failure: undefined };
  return { line: { run, line: '{}\n', isMark: false, head: { lines: 1, sha256: id } } };
};

/** Three runs, each of which writes once the one before has, or has had a turn of the event loop. */
async function commitsOf(gatherMs: number): Promise<readonly number[]> {
  const { database, commits } = takingAll();
  const clock = createVirtualClock();
  const committer = createCommitter(database, clock);
  committer.gather(gatherMs);
  const writes: Promise<void>[] = [];
  for (const id of ['1', '2', '3']) {
    writes.push(committer.add(lineOf(id)));
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
  }
  await clock.run(Promise.all(writes));
  return commits;
}

describe('the committer of a process', () => {
  it('commits at once what one run writes', async () => {
    expect(await commitsOf(0)).toEqual([1, 1, 1]);
  });

  it('of a worker, gathers what its runs write for a moment, in one commit', async () => {
    expect(await commitsOf(25)).toEqual([3]);
  });
});
