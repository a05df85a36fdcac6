import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/disk/system-clock.ts';
import { PASSWORD } from '../../postgres/server.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { textWith } from '../../text-with.ts';
import { askDirectly, bringBeyond, homeAt } from './homes.ts';

const stage = postgresForFile();

describe.skipIf(stage.absent)('the schema of a store', () => {
  it('is made once, by however many begin at once', async () => {
    const url = await stage.database();
    await Promise.all([1, 2, 3].map(() => homeAt({ url }, systemClock)));
    expect(await askDirectly(url, 'select version from oppsweep.schema_version')).toEqual([{ version: 3 }]);
  });

  it('of a later version is refused by this one, and left as it is', async () => {
    const url = await stage.database();
    await (await homeAt({ url }, systemClock)).close();
    await askDirectly(url, 'update oppsweep.schema_version set version = 7');
    await expect(homeAt({ url }, systemClock)).rejects.toMatchObject({
      name: 'RunError',
      code: 'usage',
      message: textWith(
        /set up by a later version of oppsweep: its schema has version 7, and this one knows 3/,
      ),
    });
    expect(await askDirectly(url, 'select version from oppsweep.schema_version')).toEqual([{ version: 7 }]);
  });

  it('that a later version changes cuts off whoever holds an account, and lets nobody take hold of one', async () => {
    const url = await stage.database();
    const home = await homeAt({ url }, systemClock);
    const ours = { account: '1', endpoint: 'e' };
    const use = { purpose: '', writes: 'lease', writesPerDay: 10 } as const;
    const quota = await home.quotas.open(ours, use);
    expect(await quota.takeWrite(10)).toBe('taken');
    await bringBeyond(url);
    const refusal = { code: 'usage', message: textWith('its schema has version 4, and this one knows 3') };
    await expect(quota.takeWrite(10)).rejects.toMatchObject(refusal);
    await expect(home.quotas.open({ ...ours, account: '2' }, use)).rejects.toMatchObject(refusal);
    const calls = await askDirectly(url, 'select from oppsweep.call');
    expect(calls).toHaveLength(1);
  });

  it('is not made in a database of another encoding', async () => {
    const url = await stage.database();
    await askDirectly(url, "create database latin encoding 'LATIN1' locale 'C' template template0");
    await expect(homeAt({ url: stage.server().url('latin') }, systemClock)).rejects.toMatchObject({
      code: 'usage',
      message: textWith('has the encoding LATIN1, and a store needs UTF8'),
    });
  });

  it('is not asked for where its URL wants TLS of a server that has none', async () => {
    const url = `${await stage.database()}?sslmode=verify-full`;
    await expect(homeAt({ url }, systemClock)).rejects.toMatchObject({
      code: 'usage',
      message: textWith('The server does not support SSL connections'),
      advice: { code: 'mend_store_tls' },
    });
  });

  it.each([
    [
      'a wrong password',
      (url: string) => url.replace(encodeURIComponent(PASSWORD), 'other-secret'),
      'password authentication failed',
    ],
    [
      'no such database',
      (url: string) => url.replace(/\/[^/]*$/, '/nothing'),
      'database "nothing" does not exist',
    ],
  ])('is not asked for with %s, and no word has the password', async (_what, change, words) => {
    const url = change(await stage.database());
    const failure: unknown = await homeAt({ url }, systemClock).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'RunError', code: 'usage', message: textWith(words) });
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), 'other-secret'])
      expect(String(failure)).not.toContain(secret);
  });

  it('is committed to durably, whatever the server has as its own', async () => {
    const url = await stage.database();
    const off = await askDirectly<{ synchronous_commit: string }>(url, 'show synchronous_commit');
    expect(off).toEqual([{ synchronous_commit: 'off' }]);
    await homeAt({ url }, systemClock);
    await askDirectly(url, 'create table seen (setting text)');
    await askDirectly(
      url,
      `create function see() returns trigger language plpgsql as $$ begin
         insert into seen values (current_setting('synchronous_commit')); return new; end $$`,
    );
    await askDirectly(
      url,
      'create trigger see before insert on oppsweep.account for each row execute function see()',
    );
    const home = await homeAt({ url }, systemClock);
    await home.quotas.open({ account: '1', endpoint: 'e' }, { purpose: '', writes: 'look', writesPerDay: 1 });
    expect(await askDirectly(url, 'select distinct setting from seen')).toEqual([{ setting: 'on' }]);
  });
});
