import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { chainFrom } from '../../src/store/journal-chain.ts';
import type { QuotaStore } from '../../src/store/account-quota.ts';
import { START_MS, type VirtualClock } from '../pace/virtual-clock.ts';
import { postgresForFile } from '../postgres/for-file.ts';
import { askDirectly, homeAt } from '../store/postgres/homes.ts';
import { describeAccountQuota } from './account-quota.ts';
import { describeRunLease } from './run-lease.ts';
import { describeRunMarks } from './run-marks.ts';
import { describeRunRestart } from './run-restart.ts';
import { describeRunStore, type RunStage } from './run-store.ts';

const stage = postgresForFile();
let made: Promise<string> | undefined;

/** One database, empty for each test: to make one takes longer than most of them. */
async function emptyStore(clock: VirtualClock): Promise<string> {
  const url = await (made ??= stage.database());
  await (await homeAt({ url }, clock)).close();
  await askDirectly(url, 'truncate oppsweep.run, oppsweep.account, oppsweep.process cascade');
  return url;
}

async function runs(clock: VirtualClock): Promise<RunStage> {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-home-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const url = await emptyStore(clock);
  const [store, another] = [await homeAt({ url }, clock), await homeAt({ url }, clock)];
  const intrude: RunStage['intrude'] = async (entry) => {
    const [row] = await askDirectly<{ id: string; lines: number; head: string }>(
      url,
      'update oppsweep.run set epoch = epoch + 1 returning id, lines, head',
    );
    if (row === undefined) throw new Error('There is no run to take over.');
    const chain = chainFrom({ lines: row.lines, sha256: row.head });
    const line = chain.link(entry).trimEnd();
    await askDirectly(url, 'insert into oppsweep.line (run, n, mark, text) values ($1, $2, false, $3)', [
      row.id,
      row.lines + 1,
      line,
    ]);
    await askDirectly(url, 'update oppsweep.run set lines = $1, head = $2', [
      row.lines + 1,
      chain.head().sha256,
    ]);
  };
  return {
    store: store.runs,
    another: () => another.runs,
    name: join(folder, 'people.results.csv'),
    intrude,
    takenOver: 'run_taken_over',
  };
}

/** The store has the time of the test, which stands still while the store answers. */
async function quotas(clock: VirtualClock): Promise<{ store: QuotaStore; another: () => QuotaStore }> {
  const url = await emptyStore(clock);
  const givenTime = (): number => START_MS + clock.trueMs();
  const open = async (): Promise<QuotaStore> => {
    const home = await homeAt({ url }, clock, { givenTime });
    return {
      open: async (owner, use) => {
        const quota = await home.quotas.open(owner, use);
        return { ...quota, takeRead: (limits) => clock.during(quota.takeRead(limits)) };
      },
    };
  };
  const [store, another] = [await open(), await open()];
  return { store, another: () => another };
}

describe.skipIf(stage.absent)('on PostgreSQL', () => {
  describeRunStore('on PostgreSQL', runs);
  describeRunLease('on PostgreSQL', runs);
  describeRunMarks('on PostgreSQL', runs);
  describeRunRestart('on PostgreSQL', runs);
  describeAccountQuota('on PostgreSQL', quotas);
});
