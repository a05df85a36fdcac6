import { execFileSync, spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAM, startProcess } from '../stage/program.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

const PROJECT = resolve(import.meta.dirname, '../../..');
const UID = 1000;
const HAS_SYSTEMD = spawnSync('systemd-analyze', ['--version']).status === 0;
/** Namespaces of mounts, and the right to make a root read-only: root's. */
const MAY_MOUNT = spawnSync('unshare', ['--mount', 'true']).status === 0;

test('systemd finds no fault in the units and the timer', { skip: !HAS_SYSTEMD }, (task) => {
  const folder = makeWorkFolder(task);
  const units = ['oppsweep@.service', 'oppsweep@.timer', 'oppsweep-worker.service'];
  for (const unit of units) copyFileSync(join(PROJECT, 'deploy', unit), folder.at(unit));
  const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...units.map(folder.at)], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

/** Everything but one folder is made read-only, in a namespace of its own; then root's rights are given up. */
const IN_READ_ONLY_ROOT = `mount --make-rprivate / && mount --bind "$1" "$1" && cd "$1" && mount -o remount,bind,ro / &&
shift && exec setpriv --reuid=${UID} --regid=${UID} --clear-groups --no-new-privs -- "$@"`;

test(
  'it runs as uid 1000 with a read-only root and one folder to write in',
  { skip: !MAY_MOUNT },
  async (task) => {
    const folder = makeWorkFolder(task);
    // The project may stand where only its owner may read.
    cpSync(dirname(PROGRAM), folder.at('opt/dist'), { recursive: true });
    for (const path of packagesOfProduction()) {
      cpSync(join(PROJECT, path), folder.at(join('opt', path)), { recursive: true });
    }
    cpSync(join(PROJECT, 'src/report/assets'), folder.at('opt/src/report/assets'), { recursive: true });
    copyFileSync(join(PROJECT, 'package.json'), folder.at('opt/package.json'));
    copyFileSync(process.execPath, folder.at('opt/node'));
    folder.write('people.csv', 'Opportunity ID,Entity Type,Entity ID\nO1,Solutions,S-0000001\n');
    for (const owned of [folder.path, folder.at('home')]) chownSync(owned, UID, UID);

    const inRoot = (
      ...command: readonly string[]
    ): Promise<{ code: number | null; stdout: string; stderr: string }> =>
      startProcess('unshare', ['--mount', 'sh', '-c', IN_READ_ONLY_ROOT, 'sh', folder.path, ...command], {
        path: folder.path,
        env: folder.env,
      }).ended;
    const outside = await inRoot('sh', '-c', 'id -u; touch /var/tmp/oppsweep-outside');
    const ended = await inRoot('./opt/node', 'opt/dist/main.cjs', 'disassociate', 'people.csv', '--emulator');
    const report = await inRoot('./opt/node', 'opt/dist/main.cjs', 'report', 'people.results.csv');

    expect(outside.stdout.trim()).toBe(String(UID));
    expect(outside.stderr).toContain('Read-only file system');
    expect([ended.code, ended.stderr]).toEqual([0, ended.stderr]);
    expect([report.code, report.stderr]).toEqual([0, report.stderr]);
    expect(folder.read('people.results.csv')).toContain('disassociated');
    expect(
      execFileSync('stat', ['-c', '%u', folder.at('people.results.csv')], { encoding: 'utf8' }).trim(),
    ).toBe(String(UID));
  },
);

/** Folders of the packages that are installed beside the program. */
function packagesOfProduction(): readonly string[] {
  const lock: unknown = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'));
  // npm's own form.
  const { packages } = lock as { readonly packages: Readonly<Record<string, { readonly dev?: boolean }>> };
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true && existsSync(join(PROJECT, path)))
    .map(([path]) => path);
}
