import { readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isWrite } from '../stage/server-record.ts';
import { parseResults } from '../stage/results-file.ts';
import { PASSWORD } from '../../postgres/server.ts';
import { postgresFolder } from '../../postgres/binaries.ts';
import { postgresForFile } from '../../postgres/for-file.ts';
import { askDirectly } from '../../store/postgres/homes.ts';
import type { WorkFolder } from '../stage/work-folder.ts';
import { hasStores, twoHosts } from './hosts.ts';

const PACE = ['--catalog', 'Sandbox', '--read-rate', 'unlimited', '--read-lag', '0', '--no-progress'];
const FIRST = ['disassociate', 'people.csv', ...PACE];
const ANYWHERE = ['disassociate', '--run', 'people', ...PACE];

describe.skipIf(postgresFolder() === undefined || !hasStores)('a run in a store', () => {
  const postgres = postgresForFile();

  test.concurrent('goes on on another host without its input, one day’s quota over both, and leaves its results there', async (task) => {
    const { stage, first, second } = await twoHosts(task, 30, await postgres.database());
    const begun = await first.run(...FIRST, '--rate', '50', '--daily-quota', '20', '--limit', '12');
    expect(begun).toMatchObject({ code: 3, stderr: expect.stringContaining('limit_reached') as string });

    const used = await second.run(...ANYWHERE, '--rate', '50', '--daily-quota', '20', '--no-wait');
    expect(used).toMatchObject({ code: 3, stderr: expect.stringContaining('quota_reached') as string });
    expect((await stage.emulator.calls()).filter(isWrite)).toHaveLength(20);

    const rest = await second.run(...ANYWHERE, '--rate', '50', '--daily-quota', '1000');
    expect(rest.code).toBe(0);
    expect((await stage.emulator.calls()).filter(isWrite)).toHaveLength(30);
    expect(await stage.emulator.held()).toEqual([]);
    const lines = parseResults(second.folder.read('people.results.csv'));
    expect(lines.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 'disassociated'));
    expect(first.folder.names().filter((name) => name.includes('results') || name.includes('state'))).toEqual(
      [],
    );

    const verified = await first.run('status', 'people.results.csv', '--verify');
    expect(verified.stdout).toContain('ok   the results have the SHA-256 they were published with');
    expect(verified.code).toBe(0);
    expect((await second.run('report', 'people.results.csv')).code).toBe(0);
    expect(second.folder.read('people.report.html')).toMatch(
      /oppsweep undo OPPSWEEPEMULATORONLY\/people .*--store &quot;\$OPPSWEEP_STORE&quot;</,
    );
    const undone = await second.run('undo', 'people.results.csv', ...PACE, '--rate', '50');
    expect(undone.code).toBe(0);
    expect(await stage.emulator.held()).toHaveLength(30);
  });

  test.concurrent('has its account to itself: who comes second is told who has it, and goes on once that one is killed', async (task) => {
    const { first, second } = await twoHosts(task, 12, await postgres.database());
    second.folder.write('others.csv', first.folder.read('people.csv'));
    // A row in five seconds: it is far from its end when the others have been refused.
    const working = first.start(...FIRST, '--rate', '0.2');
    await working.says(/Catalog Sandbox/);

    const sameRun = await second.run(...ANYWHERE, '--rate', '50');
    const heldBy = `is held by process ${working.pid} on `;
    expect(sameRun.code).toBe(3);
    expect(sameRun.stderr).toContain(`(run_held): This run ${heldBy}`);
    const otherRun = await second.run('disassociate', 'others.csv', ...PACE, '--rate', '50');
    expect(otherRun.code).toBe(3);
    expect(otherRun.stderr).toContain(`(account_held): This account's quota ${heldBy}`);

    working.send('SIGKILL');
    await working.ended;
    expect((await second.run(...ANYWHERE, '--rate', '50')).code).toBe(0);
    expect(parseResults(second.folder.read('people.results.csv'))).toHaveLength(12);
  });

  test.concurrent('of other input, or with other terms, is refused, and nothing is sent; begun anew, the earlier one is set aside', async (task) => {
    const { stage, first, second } = await twoHosts(task, 4, await postgres.database());
    await first.run(...FIRST, '--limit', '1');
    second.folder.write('people.csv', `${first.folder.read('people.csv')}O9999999,Solutions,S-9999999\n`);
    const changed = await second.run(...FIRST);
    expect(changed).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('people.csv has changed') as string,
    });
    const other = await second.run(...ANYWHERE, '--entity-type', 'AwsProducts');
    expect(other.code).toBe(2);
    expect((await stage.emulator.calls()).filter(isWrite)).toHaveLength(1);

    // Begun anew, it sets the earlier run aside, and the files that a finished one has left here.
    for (const finished of [0, 1]) {
      const anew = await second.run(...FIRST, '--restart', '--rate', '50', '--report');
      expect(anew.code).toBe(1);
      expect(anew.stderr).toMatch(/Set aside as .*\/people\.20/);
      expect(anew.stderr).toMatch(/Report: .*people\.report\.html/);
      const pages = second.folder.names().filter((name) => /^people\.20.*\.report\.html$/.test(name));
      expect(pages).toHaveLength(finished);
      const names = second.folder.names().filter((name) => /^people\.20.*\.results\./.test(name));
      expect(names).toHaveLength(finished * 2);
    }
    expect(parseResults(second.folder.read('people.results.csv'))).toHaveLength(5);
  });

  test.concurrent('has the password of its store in no row, log, error, hook or process list', async (task) => {
    const url = await postgres.database();
    const { first, second } = await twoHosts(task, 6, url);
    const told = ['--log-file', 'run.log', '--on-event', 'env >> events.txt; cat >> events.txt', '--json'];
    const running = first.start(...FIRST, '--rate', '5', ...told);
    await running.says(/Catalog Sandbox/);
    const list = readFileSync(`/proc/${running.pid}/cmdline`, 'utf8');
    const ended = await running.ended;
    const typed = await second.run('disassociate', '--run', 'people', ...PACE, '--store', url);
    const wrong = await second.run('status', '--store', url.replace('owner:', 'nobody:'));
    expect([ended.code, typed.code, wrong.code]).toEqual([0, 0, 2]);
    const rows = await askDirectly<{ text: string }>(url, 'select text from oppsweep.line');
    const more = await askDirectly(url, 'select r.*, p.* from oppsweep.run r, oppsweep.process p');
    const files = [first, second].flatMap(({ folder }) =>
      namesOfFiles(folder).map((name) => folder.read(name)),
    );
    const written = [list, JSON.stringify([rows, more, ended, typed, wrong]), ...files].join('\n');
    expect(rows.length).toBeGreaterThan(12);
    expect(files.some((text) => text.includes('"event"'))).toBe(true);
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD)]) expect(written).not.toContain(secret);
  });

  // The server is stopped: one at a time, and once the others have done.
  test('ends with 3 where the store stays away', async (task) => {
    const { first } = await twoHosts(task, 60, await postgres.database());
    const running = first.start(...FIRST, '--rate', '20', '--store-timeout', '0');
    await running.says(/Catalog Sandbox/);
    await postgres.server().stop('immediate');
    const ended = await running.ended;
    await postgres.server().start();
    expect(ended.stderr).toContain('Stopped (store_unreachable): ');
    expect(ended.code).toBe(3);
  });

  test('ends at once where Ctrl-C is pressed while the store is away', async (task) => {
    const { first } = await twoHosts(task, 60, await postgres.database());
    const again = first.start(...FIRST, '--rate', '20');
    await again.says(/Catalog Sandbox/);
    await postgres.server().stop('immediate');
    await again.says(/can’t be reached/);
    again.send('SIGINT');
    const left = await again.ended;
    await postgres.server().start();
    expect(left.stderr).not.toContain('store_unreachable');
    expect(left.code).toBe(130);
  });
});

const namesOfFiles = ({ names, at }: WorkFolder): readonly string[] =>
  names().filter((name) => statSync(at(name)).isFile());

test.skipIf(hasStores)('below Node 22.12 a store is refused before anything is asked of it', async (task) => {
  const { first } = await twoHosts(task, 1, 'postgres://nobody@127.0.0.1:1/nothing');
  const ended = await first.run(...FIRST);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('A store needs Node 22.12 or newer, and this is Node ');
});

test('a run’s name without a store is refused', async (task) => {
  const { first } = await twoHosts(task, 1, '');
  const ended = await first.run(...FIRST, '--run', 'people');
  expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining('Give --store ') as string });
  const nameless = await first.run('disassociate', '--catalog', 'Sandbox');
  expect(nameless.code).toBe(2);
  expect(nameless.stderr).toContain("missing required argument 'input'");
});
