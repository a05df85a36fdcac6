import { describe, expect, test } from 'vitest';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { askDirectly, bringBeyond } from '../../store/postgres/homes.ts';
import { fleetStage } from '../stage/fleet-stage.ts';
import { runProgram, undated } from '../stage/program.ts';
import { isWrite } from '../stage/server-record.ts';
import { startStageEmulator } from '../stage/stage-emulator.ts';
import { textWith } from '../../text-with.ts';
import { hasStores } from './hosts.ts';

/** Of the last account, which has no profile; with this id it can be assumed. */
const ROLE = 'arn:aws:iam::111122223303:role/partner';
const EXTERNAL_ID = 'customer/1';

const SIZE = { accounts: 3, rows: 4 };
const PACE = ['--catalog', 'Sandbox', '--rate', '50', '--read-rate', 'unlimited', '--read-lag', '0'];

describe.skipIf(postgresFolder() === undefined || !hasStores)(
  'a fleet, by hosts that are not set up alike,',
  () => {
    const postgres = postgresForFile();

    test.concurrent('is worked off where it was submitted for, whatever endpoint a worker’s own settings name', async (task) => {
      const stage = await fleetStage(task, await postgres.database(), SIZE);
      const { oppsweep, emulator, folder, surroundings } = stage;
      const other = await startStageEmulator(task, folder.at('people.csv'), []);
      const submitted = await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
      expect(submitted.stderr).toContain(`\nCatalog  Sandbox, at ${emulator.url}\n`);
      const elsewhere = { ...surroundings.env, AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: other.url };
      const worked = await runProgram(['worker', '--drain'], { ...surroundings, env: elsewhere });
      expect(worked.code).toBe(0);
      const told = `another endpoint is named here (by AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING): calls go to the fleet’s, ${emulator.url}, all the same`;
      expect(worked.stderr.split(told)).toHaveLength(2);
      expect((await other.calls()).filter(isWrite)).toEqual([]);
      expect(await emulator.held()).toEqual([]);
      const status = await oppsweep('fleet', 'status', '--json');
      const place = { catalog: 'Sandbox', endpoint: emulator.url };
      expect(JSON.parse(status.stdout)).toMatchObject({ accounts: [place, place, place] });
    });

    test.concurrent('that an earlier version has submitted is worked off by each worker’s own settings, as before', async (task) => {
      const url = await postgres.database();
      const { oppsweep, emulator } = await fleetStage(task, url, { accounts: 1, rows: 4 });
      await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
      await askDirectly(url, "update oppsweep.fleet set terms = (terms::jsonb - 'endpoint')::text");
      expect((await oppsweep('fleet', 'status')).stdout).toContain(
        'Fleet fleet: catalog Sandbox, at the endpoint of each worker’s own settings; submitted ',
      );
      expect((await oppsweep('worker', '--drain')).code).toBe(0);
      expect(await emulator.held()).toEqual([]);
    });

    test.concurrent('whose store a later version brings up to date is let go at once: its worker says so and ends, and sends nothing more', async (task) => {
      const url = await postgres.database();
      const { oppsweep, begin, emulator } = await fleetStage(task, url, { accounts: 2, rows: 14 });
      await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE, '--rate', '5');
      const worker = begin('worker');
      while ((await emulator.calls()).filter(isWrite).length < 5);
      await bringBeyond(url);
      const recorded = (): Promise<unknown> =>
        askDirectly(
          url,
          'select account, writes, lines from oppsweep.account join oppsweep.run using (account) order by account',
        );
      const before = await recorded();
      const ended = await worker.ended;
      expect(ended.code).toBe(2);
      expect(undated(ended.stderr)).toMatch(
        /oppsweep: The store .* was set up by a later version of oppsweep: its schema has version 4, and this one knows 3\.\nInstall the version/,
      );
      expect(await recorded()).toEqual(before);
      expect((await oppsweep('worker')).code).toBe(2);
      const sent = (await emulator.calls()).filter(isWrite).length;
      const [noted] = await askDirectly<{ calls: number }>(
        url,
        "select count(*)::int as calls from oppsweep.call where kind = 'writes'",
      );
      expect(sent).toBeLessThanOrEqual(noted?.calls ?? 0);
      // As the newer one would.
      await askDirectly(url, 'update oppsweep.schema_version set version = 3');
      expect((await oppsweep('worker', '--drain')).code).toBe(0);
      expect(await emulator.held()).toEqual([]);
    });

    test.concurrent('that asks for what a worker does not know is left to later versions, whether of its runs or of their input', async (task) => {
      const url = await postgres.database();
      const { oppsweep, emulator } = await fleetStage(task, url, { accounts: 1, rows: 4 });
      await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE);
      for (const path of ['{window}', '{run,window}', '{input,window}']) {
        const set = `jsonb_set(terms::jsonb, '${path}', '"night"')::text`;
        await askDirectly(url, `update oppsweep.fleet set terms = ${set}`);
        const refused = await oppsweep('worker');
        expect(refused).toMatchObject({
          code: 2,
          stderr: textWith(
            /by a later version of oppsweep: it asks for window, which this one does not know/,
          ),
        });
        expect((await oppsweep('fleet', 'status')).stdout).toMatch(/waiting .*\(usage\)/);
        await askDirectly(url, `update oppsweep.fleet set terms = (terms::jsonb #- '${path}')::text`);
        await askDirectly(url, "update oppsweep_queue.job set start_after = now() where state = 'created'");
      }
      expect((await emulator.calls()).filter(isWrite)).toEqual([]);
      expect((await oppsweep('worker', '--drain')).code).toBe(0);
    });

    test.concurrent('has one endpoint: profiles that name several are not submitted together', async (task) => {
      const { folder, surroundings, accounts } = await fleetStage(task, await postgres.database(), SIZE);
      const { AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: url = '', ...env } = surroundings.env;
      const settings = accounts.map(
        (of, n) => `[profile p${of}]\nendpoint_url = ${n === 2 ? 'http://127.0.0.1:9' : url}\n`,
      );
      const shared = { ...env, AWS_CONFIG_FILE: folder.write('home/config', settings.join('\n')) };
      const refused = await runProgram(['fleet', 'submit', 'in/fleet.csv', ...PACE], {
        ...surroundings,
        env: shared,
      });
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(
        `row 4: its profile has calls go to http://127.0.0.1:9/, and those of the rows before go to ${url}/: a fleet has one endpoint`,
      );
    });

    test.concurrent('is left to other hosts by one whose own credentials are not good, which ends', async (task) => {
      const url = await postgres.database();
      const { oppsweep, folder, surroundings, emulator, accounts } = await fleetStage(task, url, SIZE);
      const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _secret, ...others } = surroundings.env;
      await emulator.demand({ [ROLE]: EXTERNAL_ID });
      folder.write('in/fleet.csv', `role_arn,external_id,file\n${ROLE},${EXTERNAL_ID},${accounts[2]}.csv\n`);
      expect((await oppsweep('fleet', 'submit', 'in/fleet.csv', ...PACE)).code).toBe(0);
      const wrong = { ...surroundings.env, AWS_SECRET_ACCESS_KEY: 'of-somebody-else' };
      const refused = await runProgram(['worker'], { ...surroundings, env: wrong });
      expect(refused.code).toBe(3);
      expect(refused.stderr).toContain("This host's own credentials are not good, and 111122223303/fleet is");
      expect((await oppsweep('fleet', 'status')).stdout).toMatch(/waiting .*\(credentials_refused\)/);
      await askDirectly(url, "update oppsweep_queue.job set start_after = now() where state = 'created'");
      const bare = { ...surroundings, env: { ...others, AWS_EC2_METADATA_DISABLED: 'true' } };
      const none = await runProgram(['worker'], bare);
      expect(none).toMatchObject({
        code: 2,
        stderr: textWith(
          /\n.*Give this host credentials .* and start the worker again\. Workers of other hosts/,
        ),
      });
      expect(none.stderr).not.toMatch(/--profile|--emulator/);
      expect((await oppsweep('fleet', 'status')).stdout).toMatch(/waiting .*\(credentials_missing\)/);
    });
  },
);
