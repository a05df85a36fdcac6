import type { Clock } from '../../../model/clock.ts';
import type { ChainHead } from '../../journal-chain.ts';
import type { Database } from './database.ts';
import { COMMIT, commitValues, type CommitRow } from './commit-statement.ts';
import { cutOff } from './schema.ts';
import type { AccountToken, Queued, RunToken, Write } from './write.ts';

/** Commits what all runs of a process have to write: what comes while a commit is under way shares the next one. */
export interface Committer {
  /** Resolves once it is durable; rejects where the run, or the account, is another's by now. */
  readonly add: (write: Write) => Promise<void>;
  /** From now on a commit waits so long, milliseconds, for what else is to be written: hundreds of runs then share each. */
  readonly gather: (waitMs: number) => void;
  /** Resolves once nothing is under way. */
  readonly idle: () => Promise<void>;
}

export function createCommitter(database: Database, clock: Pick<Clock, 'sleep'>): Committer {
  let queue: Queued[] = [];
  let committing: Promise<void> | undefined;
  let gatherMs = 0;

  const commitAll = async (): Promise<void> => {
    while (queue.length > 0) {
      if (gatherMs > 0) await clock.sleep(gatherMs);
      const batch = queue.filter((one) => !failed(one));
      queue = [];
      if (batch.length > 0) await commit(batch, database);
    }
    committing = undefined;
  };
  return {
    add: (write) =>
      new Promise((resolve, reject) => {
        const queued = { ...write, resolve, reject };
        if (failed(queued)) return;
        queue.push(queued);
        // Once round the event loop, so that whatever its answers bring shares the commit.
        committing ??= new Promise<void>((next) => setImmediate(next)).then(commitAll);
      }),
    gather: (waitMs) => {
      gatherMs = waitMs;
    },
    idle: async () => committing,
  };
}

/** Rejects a write to what has failed before. */
function failed({ line, call, reject }: Queued): boolean {
  const failure = line?.run.failure ?? call?.account.failure;
  if (failure !== undefined) reject(failure);
  return failure !== undefined;
}

async function commit(batch: readonly Queued[], database: Database): Promise<void> {
  const runs = new Map(batch.flatMap(({ line }) => (line === undefined ? [] : [[line.run, line.head]])));
  const calls = new Map<AccountToken, number>();
  for (const { call } of batch)
    if (call !== undefined) calls.set(call.account, (calls.get(call.account) ?? 0) + 1);
  try {
    const done = await database.ask<CommitRow>(COMMIT, commitValues(batch, runs, calls), 'oppsweep_commit');
    const doneOf = (what: CommitRow['what']): ReadonlySet<string> =>
      new Set(done.filter((row) => row.what === what).map(({ id }) => id));
    const runsDone = doneOf('run');
    const accountsDone = doneOf('account');
    const runsMissed = [...runs].filter(([{ id }]) => !runsDone.has(id));
    const accountsMissed = [...calls].filter(([{ id }]) => !accountsDone.has(id));
    await findMissed(database, runsMissed, accountsMissed);
    for (const [run, head] of runs) if (run.failure === undefined) run.written = head;
    for (const [account, more] of calls) if (account.failure === undefined) account.counted += more;
    for (const one of batch) if (!failed(one)) one.resolve();
  } catch (error) {
    // Whether it was done is not known: only who goes on may judge it.
    for (const run of runs.keys()) run.failure ??= error;
    for (const account of calls.keys()) account.failure ??= error;
    for (const one of batch) failed(one);
  }
}

/** A write that changed nothing was made before, and its answer was lost; or it is another's turn. */
async function findMissed(
  database: Database,
  runs: readonly (readonly [RunToken, ChainHead])[],
  accounts: readonly (readonly [AccountToken, number])[],
): Promise<void> {
  if (runs.length + accounts.length === 0) return;
  const { ask } = database;
  const found = await ask<{ id: string; epoch: string; head: string }>(
    'select id, epoch, head from oppsweep.run where id = any($1::bigint[])',
    [runs.map(([{ id }]) => id)],
  );
  for (const [run, { sha256 }] of runs) {
    const row = found.find(({ id }) => id === run.id);
    if (row?.epoch !== run.epoch || row.head !== sha256) run.failure = await cutOff(database, run.words);
  }
  const counted = await ask<{ id: string; epoch: string; writes: string }>(
    'select id, epoch, writes from oppsweep.account where id = any($1::bigint[])',
    [accounts.map(([{ id }]) => id)],
  );
  for (const [account, more] of accounts) {
    const row = counted.find(({ id }) => id === account.id);
    const done = row?.epoch === account.epoch && Number(row.writes) === account.counted + more;
    if (!done) account.failure = await cutOff(database, account.words);
  }
}
