import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { realDisk, type Disk } from '../../../../src/disk/disk.ts';
import {
  acquireLock,
  isGone,
  readLockHolder,
  type Lock,
  type LockHolder,
} from '../../../../src/store/files/lock/lock.ts';
import { thisMachine, type Machine } from '../../../../src/disk/machine.ts';
import { startChild, type Child } from '../../../disk/child.ts';
import { compileProgram } from '../../../disk/compile-program.ts';

let program: string;
let path: string;

beforeAll(async () => {
  program = await compileProgram('test/disk/programs/hold-lock.ts');
});

beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'oppsweep-lock-')), 'lock');
});

function acquire(machine: Machine = thisMachine, disk: Disk = realDisk): Promise<Lock> {
  const deps = { disk, machine, wallMs: () => Date.UTC(2026, 0, 2) };
  return acquireLock(path, { purpose: 'disassociate people.csv', refusal: 'run_held' }, deps);
}

async function startHolder(): Promise<Child> {
  const child = startChild(program, [path]);
  expect(await child.line()).toBe('ready');
  return child;
}

async function leaveLock(change: Partial<LockHolder>): Promise<void> {
  const lock = await acquire();
  await writeFile(path, JSON.stringify({ ...lock.holder, token: '0123456789abcdef', ...change }));
}

/** A machine on which every process lives, started at the same time, in one boot. */
const steadyMachine: Machine = {
  ...thisMachine,
  bootId: async () => 'this boot',
  pidNamespace: async () => 'pid:[1]',
  processState: async () => ({ alive: true, startedAt: '1000' }),
};

describe('acquireLock', () => {
  it('leaves nothing behind once released', async () => {
    const lock = await acquire();
    await lock.release();
    expect(await readdir(join(path, '..'))).toEqual([]);
  });

  it('refuses a lock that this very process holds', async () => {
    await acquire();
    await expect(acquire()).rejects.toMatchObject({ code: 'run_held' });
  });

  it('names the living process that holds it, its host and since when', async () => {
    const child = await startHolder();
    child.send('go');
    expect(await child.line()).toBe('held');
    const holder = await readLockHolder(path, realDisk);
    await expect(acquire()).rejects.toMatchObject({
      code: 'run_held',
      message: `This run is held by process ${child.pid} on ${thisMachine.host} since ${holder?.since} (a test).`,
    });
    await child.kill();
  });

  it('takes over from a process that was killed', async () => {
    const child = await startHolder();
    child.send('go');
    expect(await child.line()).toBe('held');
    await child.kill();
    const lock = await acquire();
    expect((await readLockHolder(path, realDisk))?.pid).toBe(process.pid);
    expect(await readdir(join(path, '..'))).toEqual(['lock']);
    await lock.release();
  });

  it('takes over where the process id now belongs to a process that started later', async () => {
    await leaveLock({ pid: process.pid, bootId: 'this boot', pidNamespace: 'pid:[1]', processStart: '999' });
    await expect(acquire(steadyMachine)).resolves.toMatchObject({ holder: { pid: process.pid } });
  });

  it('takes over from an earlier boot, whatever its process id is now', async () => {
    await leaveLock({
      pid: process.pid,
      bootId: 'an earlier boot',
      pidNamespace: 'pid:[4026531836]',
      processStart: '1000',
    });
    await expect(acquire(steadyMachine)).resolves.toMatchObject({ holder: { pid: process.pid } });
  });

  it.each([
    ['of another container of this machine', { pidNamespace: 'pid:[2]', bootId: 'this boot' }],
    [
      'of a container, in another boot: perhaps another machine’s',
      { pidNamespace: 'pid:[1]', bootId: 'another' },
    ],
  ])(
    'leaves the lock of a process alone that is %s, though no such process lives here',
    async (_what, change) => {
      await leaveLock({ pid: 2 ** 30, processStart: '999', ...change });
      const machine: Machine = { ...steadyMachine, processState: async () => ({ alive: false }) };
      await expect(acquire(machine)).rejects.toMatchObject({ code: 'run_held' });
    },
  );

  it('takes over from a process of its own container, and from one of an earlier version', async () => {
    const machine: Machine = { ...steadyMachine, processState: async () => ({ alive: false }) };
    await leaveLock({ pid: 2 ** 30, bootId: 'this boot', pidNamespace: 'pid:[1]' });
    await (await acquire(machine)).release();
    const { pidNamespace: _later, ...earlier } = (await acquire(machine)).holder;
    await writeFile(path, JSON.stringify({ ...earlier, pid: 2 ** 30, token: '0123456789abcdef' }));
    expect(await acquire(machine)).toMatchObject({ tookOver: true });
  });

  it('leaves a lock of another host alone, though no such process lives here', async () => {
    await leaveLock({ host: 'elsewhere', pid: 2 ** 30 });
    await expect(acquire()).rejects.toThrow(/on elsewhere since 2026-01-02T00:00:00.000Z/);
  });

  it('stays with a living process where nothing tells when it started', async () => {
    const machine: Machine = { ...thisMachine, processState: async () => ({ alive: true }) };
    const { holder } = await acquire(machine);
    expect(await isGone(holder, machine)).toBe(false);
  });

  it('stops at a lock file that says nothing, and tells which', async () => {
    await writeFile(path, '');
    await expect(acquire()).rejects.toThrow(`The lock file ${path} can't be read.`);
  });

  it('does not release a lock that another process has taken over', async () => {
    const lock = await acquire();
    await writeFile(path, JSON.stringify({ ...lock.holder, token: 'fedcba9876543210' }));
    await lock.release();
    expect(await readFile(path, 'utf8')).toContain('fedcba9876543210');
  });

  it('goes to exactly one of eight processes that find it stale at the same time', async () => {
    const dead = await startHolder();
    dead.send('go');
    expect(await dead.line()).toBe('held');
    await dead.kill();

    const racers = await Promise.all(Array.from({ length: 8 }, startHolder));
    for (const racer of racers) racer.send('go');
    const answers = await Promise.all(racers.map((racer) => racer.line()));
    const winner = racers[answers.indexOf('held')];
    expect(answers.filter((answer) => answer === 'held')).toHaveLength(1);
    expect(answers.filter((answer) => answer.includes('is held by process'))).toHaveLength(7);
    expect((await readLockHolder(path, realDisk))?.pid).toBe(winner?.pid);
    await Promise.all(racers.map((racer) => racer.kill()));
  });

  it('stays with the one who took it over, whoever was slow to do the same', async () => {
    await leaveLock({ pid: 2 ** 30 });
    let quick: Lock | undefined;
    const slowDisk: Disk = {
      ...realDisk,
      // The slow one has found the lock stale; before it acts, a quick one has taken it over.
      createExclusively: async (created, bytes) => {
        if (created !== path) quick ??= await acquire();
        return realDisk.createExclusively(created, bytes);
      },
    };
    await expect(acquire(thisMachine, slowDisk)).rejects.toMatchObject({ code: 'run_held' });
    expect(await readLockHolder(path, realDisk)).toEqual(quick?.holder);
    expect(await readdir(join(path, '..'))).toEqual(['lock']);
  });

  it('goes to exactly one of many in one process that find it stale, at every interleaving they happen to take', async () => {
    for (let round = 0; round < 40; round++) {
      await leaveLock({ pid: 2 ** 30, token: `00000000000000${String(round).padStart(2, '0')}` });
      const attempts = await Promise.allSettled(Array.from({ length: 6 }, () => acquire()));
      const held = attempts.filter((attempt) => attempt.status === 'fulfilled');
      expect(held).toHaveLength(1);
      for (const attempt of held) await attempt.value.release();
      expect(await readdir(join(path, '..'))).toEqual([]);
    }
  });
});
