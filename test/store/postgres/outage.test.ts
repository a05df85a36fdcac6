import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/disk/system-clock.ts';
import type { RunLease } from '../../../src/store/run-store.ts';
import { PASSWORD } from '../../postgres/server.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { doneEntry, tryEntry } from '../../results/samples.ts';
import { entriesOf, SESSION, termsOf, told } from '../../contract/run-store.ts';
import { askDirectly, homeAt } from './homes.ts';
import type { PostgresHome } from '../../../src/store/postgres/postgres-home.ts';

const stage = postgresForFile();
const folder = mkdtempSync(join(tmpdir(), 'oppsweep-outage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const OWNER = { account: '123456789012', endpoint: 'https://partnercentral-selling.example' };
const USE = {
  purpose: 'oppsweep disassociate people.csv',
  writes: 'lease',
  writesPerDay: 1_000_000,
} as const;
const NAME = join(folder, 'people.results.csv');

interface Scene {
  readonly url: string;
  readonly home: PostgresHome;
  readonly lease: RunLease;
  /** Resolves once the home tells it. */
  readonly heard: (news: 'away' | 'back') => Promise<void>;
}

async function begin(timeoutMs = 60_000): Promise<Scene> {
  const url = await stage.database();
  const hearing = new Map<string, () => void>();
  const heard = (news: string): Promise<void> => new Promise((resolve) => hearing.set(news, resolve));
  const home = await homeAt({ url, timeoutMs }, systemClock, { told: (news) => hearing.get(news)?.() });
  const lease = await home.runs.open(termsOf(NAME), told);
  await lease.begin(SESSION, await home.quotas.open(OWNER, USE));
  return { url, home, lease, heard };
}

describe.skipIf(stage.absent)('a store that goes away', () => {
  it.each(['kill', 'immediate'] as const)(
    'loses no line that it acknowledged, and takes none twice, over ends by %s',
    async (how) => {
      const { home, lease } = await begin();
      const safe: number[] = [];
      let ordinal = 0;
      let writing = true;
      const write = async (): Promise<void> => {
        while (writing) {
          const own = ordinal;
          ordinal += 1;
          await lease.append(doneEntry(own));
          safe.push(own);
        }
      };
      const writers = Array.from({ length: 8 }, write);
      for (let time = 0; time < 3; time += 1) {
        const before = safe.length;
        while (safe.length < before + 40) await new Promise((resolve) => setImmediate(resolve));
        await stage.server().stop(how);
        await stage.server().start();
      }
      writing = false;
      await Promise.all(writers);
      const record = await home.runs.record(NAME);
      const found =
        record && (await entriesOf(record)).flatMap((one) => (one.t === 'done' ? [one.ordinal] : []));
      expect(found?.toSorted((one, other) => one - other)).toEqual(
        safe.toSorted((one, other) => one - other),
      );
      expect(record?.found).toMatchObject({ brokenAt: undefined, chain: lease.chain() });
      await lease.release();
    },
  );

  it('has no call claimed while it is away, and each claimed once when it is back', async () => {
    const { url, lease, heard } = await begin();
    await stage.server().stop('immediate');
    let claimed = 0;
    const away = heard('away');
    const claims = [0, 1, 2].map((ordinal) =>
      lease.claim(tryEntry(ordinal), 100).then((answer) => {
        claimed += 1;
        return answer;
      }),
    );
    await away;
    expect(claimed).toBe(0);
    await stage.server().start();
    expect(await Promise.all(claims)).toEqual(['noted', 'noted', 'noted']);
    expect(await askDirectly(url, 'select count(*)::int as calls from oppsweep.call')).toEqual([
      { calls: 3 },
    ]);
    await lease.release();
  });

  it('is waited for as it is opened by who begins with the machine, and refused at once to anybody else', async () => {
    const url = await stage.database();
    await stage.server().stop('fast');
    await expect(homeAt({ url }, systemClock)).rejects.toMatchObject({ code: 'store_unreachable' });
    let away: () => void = () => undefined;
    const heard = new Promise<void>((resolve) => (away = resolve));
    const opening = homeAt({ url, patient: true }, systemClock, {
      told: (news) => (news === 'away' ? away() : undefined),
    });
    await heard;
    await stage.server().start();
    expect(await (await opening).runs.list()).toEqual([]);
  });

  it('stops the run once it was waited for long enough, in words without its password', async () => {
    const { lease } = await begin(1);
    await stage.server().stop('fast');
    const failure: unknown = await lease.claim(tryEntry(0), 100).catch((error: unknown) => error);
    await stage.server().start();
    expect(failure).toMatchObject({ name: 'RunError', code: 'store_unreachable' });
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD)])
      expect(String(failure)).not.toContain(secret);
    await expect(lease.append(doneEntry(0))).rejects.toBe(failure);
    await lease.release();
  });

  it('has what a process left that ended meanwhile, once that has been silent for too long', async () => {
    const { url, home, lease } = await begin(1);
    await stage.server().stop('kill');
    await lease.claim(tryEntry(0), 100).catch(() => undefined);
    await home.close();
    await stage.server().start();
    await askDirectly(
      url,
      "update oppsweep.process set alive_until = clock_timestamp() + interval '1 second'",
    );
    const next = await homeAt({ url }, systemClock);
    const again = await next.runs.open(termsOf(NAME), told);
    expect(again.state.session).toMatchObject(SESSION);
    await again.release();
  });

  it('is told at once where it was never there', async () => {
    const url = stage
      .server()
      .url('nowhere')
      .replace(/:\d+\//, ':1/');
    await expect(homeAt({ url }, systemClock)).rejects.toMatchObject({ code: 'store_unreachable' });
  });
});
