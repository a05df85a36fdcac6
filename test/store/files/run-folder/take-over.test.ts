import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDisk, realDisk, type Disk } from '../../../../src/disk/disk.ts';
import { thisMachine, type Machine } from '../../../../src/disk/machine.ts';
import { nodeSystemCalls } from '../../../../src/disk/system-calls.ts';
import { readLockHolder } from '../../../../src/store/files/lock/lock.ts';
import { tryEntry } from '../../../results/samples.ts';
import { setOpenStage, type OpenStage } from './open-run-stage.ts';

let stage: OpenStage;

beforeEach(() => {
  stage = setOpenStage();
});

const GONE: Machine = { ...thisMachine, processState: async () => ({ alive: false }) };

describe('who takes a run over from a process that is gone', () => {
  it('removes what that one left half made, and nothing of anybody else’s', async () => {
    await stage.open();
    const strays = ['.0123456789ab.tmp', 'lock.0123456789abcdef', 'lock.0123456789abcdef.0123456789abcdef'];
    for (const name of [...strays, 'notes.tmp', '.hidden']) writeFileSync(join(stage.paths.folder, name), '');
    const run = await stage.open({ deps: { machine: GONE } });
    await run.release(true);
    expect(readdirSync(stage.paths.folder).toSorted()).toEqual(['.hidden', 'input', 'notes.tmp']);
  });
});

describe('a run that is set aside', () => {
  it('is held until it has its new name, and no lock goes with it', async () => {
    await stage.begin(tryEntry(0));
    const held: (string | undefined)[] = [];
    const disk: Disk = {
      ...realDisk,
      rename: async (from, to) => {
        held.push((await readLockHolder(stage.paths.lock, realDisk))?.purpose);
        await realDisk.rename(from, to);
      },
    };
    const run = await stage.open({ restart: true, deps: { disk } });
    await run.takePlace();
    // The folder, and then the copy of the new run's input.
    expect(held).toEqual(['oppsweep disassociate people.csv', 'oppsweep disassociate people.csv']);
    expect(existsSync(join(stage.folder, 'people.2025-01-31T12-00-00Z.oppsweep', 'lock'))).toBe(false);
    await run.release(true);
  });
});

describe('a folder that can’t be locked', () => {
  it('is not left behind', async () => {
    const disk = createDisk({
      ...nodeSystemCalls,
      open: async (path, mode) => {
        if (mode === 'create') throw Object.assign(new Error('EROFS: made by the test'), { code: 'EROFS' });
        return nodeSystemCalls.open(path, mode);
      },
    });
    await expect(stage.open({ deps: { disk } })).rejects.toMatchObject({ code: 'output_unwritable' });
    expect(readdirSync(stage.folder)).toEqual([]);
  });
});
