import { mkdtempSync, readdirSync, rmSync, writeFileSync, appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { realDisk, type Disk } from '../../../../src/disk/disk.ts';
import { newestOf } from '../../../../src/model/quota/earliest-start.ts';
import { DAY_MS, QUOTA_DAY_MS } from '../../../../src/model/quota/quota-day.ts';
import { encodeReadRecord } from '../../../../src/store/files/ledger/read-record.ts';
import {
  openSharedReads,
  type SharedReads,
  type SharedReadsPlace,
} from '../../../../src/store/files/ledger/shared-reads.ts';
import { startChild } from '../../../disk/child.ts';
import { compileProgram } from '../../../disk/compile-program.ts';
import { createFaultyDisk } from '../../../disk/faulty-disk.ts';
import { createVirtualClock, START_MS, type VirtualClock } from '../../../pace/virtual-clock.ts';

const LIMITS = { callsPerSecond: 10, callsPerDay: 1_000 } as const;
const AT_ONCE = { callsPerSecond: 'unlimited', callsPerDay: 1_000 } as const;

let folder: string;
let clock: VirtualClock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oppsweep-reads-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  clock = createVirtualClock();
});

function open(changes: Partial<SharedReadsPlace> = {}): Promise<SharedReads> {
  return openSharedReads({ folder, disk: realDisk, clock, capacity: 100_000, before: [], ...changes });
}

const timesOf = ({ times }: SharedReads): readonly number[] =>
  newestOf(times, times.length).map((ms) => Math.round((ms - START_MS) * 100) / 100);

/** A disk on which somebody else appends `record` just before each of the first `often` appends to a shared file. */
function overtakingDisk(record: () => Buffer, often: number): Disk {
  let left = often;
  return {
    ...realDisk,
    openShared: async (path) => {
      const file = await realDisk.openShared(path);
      return {
        ...file,
        appendNow: (bytes) => {
          left -= 1;
          if (left >= 0) appendFileSync(path, record());
          file.appendNow(bytes);
        },
      };
    },
  };
}

const othersRead = (): Buffer =>
  encodeReadRecord({ fromMs: clock.wallMs(), limits: LIMITS, token: 7, number: 1 });

describe('openSharedReads', () => {
  it('gives who was overtaken the next place in the order of the file, and not one before it', async () => {
    const reads = await open({ disk: overtakingDisk(othersRead, 1) });
    const wait = await reads.take(LIMITS);
    expect(wait).toMatchObject({ why: 'rate' });
    // Ten a second leave no closer than half of their even distance.
    expect(timesOf(reads)).toEqual([0, 50.3]);
    clock.advance(wait === 'taken' ? 0 : wait.waitMs);
    expect(await reads.take(LIMITS)).toBe('taken');
    expect(timesOf(reads)).toHaveLength(2);
    await reads.close();
  });

  it('lets a place that is not used in time be, and counts the read again', async () => {
    const reads = await open({ disk: overtakingDisk(othersRead, 1) });
    await reads.take(LIMITS);
    clock.advance(60_000);
    expect(await reads.take(LIMITS)).toBe('taken');
    expect(timesOf(reads)).toEqual([0, 50.3, 60_000]);
    await reads.close();
  });

  it('comes to the same times whoever reads the records, whatever else was written between them', async () => {
    const garbage = fc.uint8Array({ maxLength: 60 });
    const step = fc.oneof(garbage, fc.record({ user: fc.nat({ max: 2 }), afterMs: fc.nat({ max: 400 }) }));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const own = mkdtempSync(join(folder, 'run-'));
        const users = [await open({ folder: own }), await open({ folder: own }), await open({ folder: own })];
        for (const one of steps) {
          if (one instanceof Uint8Array) appendFileSync(join(own, 'reads-1.calls'), one);
          else {
            clock.advance(one.afterMs);
            await users[one.user]?.take(LIMITS);
          }
        }
        const told: (readonly number[])[] = [];
        for (const user of [...users, await open({ folder: own })]) {
          await user.lookUp();
          told.push(timesOf(user));
          await user.close();
        }
        expect(told.every((times) => JSON.stringify(times) === JSON.stringify(told[0]))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('is exact between processes that race for the last reads of the day, through files that are sealed meanwhile', async () => {
    const program = await compileProgram('test/store/files/programs/take-reads.ts');
    const children = [1, 2, 3].map(() => startChild(program, [folder, '3000', '5200']));
    for (const child of children) expect(await child.line()).toBe('ready');
    for (const child of children) child.send('go');
    const taken = await Promise.all(children.map(async (child) => Number(await child.line())));
    await Promise.all(children.map((child) => child.ended));
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(3_000);
    expect(readdirSync(folder).filter((name) => name.endsWith('.calls')).length).toBeGreaterThan(10);
  });

  it('goes on in the next file once one is long, and so does everybody else', async () => {
    const [first, second] = [await open({ sealAtBytes: 100 }), await open({ sealAtBytes: 100 })];
    for (let read = 0; read < 20; read += 1) {
      const user = read % 3 === 0 ? first : second;
      expect(await user.take(AT_ONCE)).toBe('taken');
      clock.advance(1);
    }
    await first.lookUp();
    expect(timesOf(first)).toEqual(timesOf(second));
    expect(timesOf(first)).toEqual(Array.from({ length: 20 }, (_, ms) => ms));
    await first.close();
    await second.close();
  });

  it('removes on opening what no longer counts, never the file in use', async () => {
    const before = await open({ sealAtBytes: 100 });
    for (let read = 0; read < 12; read += 1) await before.take(AT_ONCE);
    clock.advance(QUOTA_DAY_MS - 1);
    await before.take(AT_ONCE);
    const names = readdirSync(folder);
    expect(names.length).toBeGreaterThan(2);
    const kept = await open({ sealAtBytes: 100 });
    expect(readdirSync(folder)).toEqual(names);
    await kept.close();
    clock.advance(2 * DAY_MS);
    const after = await open({ sealAtBytes: 100 });
    expect(readdirSync(folder)).toHaveLength(1);
    // Who had it open all the time goes on where the others do.
    await before.take(AT_ONCE);
    await after.lookUp();
    expect(timesOf(after).at(-1)).toBe(timesOf(before).at(-1));
    await before.close();
    await after.close();
  });

  it('counts what an earlier version has noted', async () => {
    const reads = await open({ before: [START_MS - 5_000, START_MS - 1_000] });
    expect(await reads.take({ callsPerSecond: 'unlimited', callsPerDay: 2 })).toEqual({
      waitMs: QUOTA_DAY_MS - 5_000,
      why: 'daily_quota',
    });
    await reads.close();
  });

  it('reads nothing into a file whose last record is torn', async () => {
    const reads = await open();
    await reads.take(AT_ONCE);
    await reads.close();
    appendFileSync(join(folder, 'reads-1.calls'), othersRead().subarray(0, 20));
    const again = await open();
    expect(timesOf(again)).toEqual([0]);
    expect(await again.take(AT_ONCE)).toBe('taken');
    expect(timesOf(again)).toEqual([0, 0]);
    await again.close();
  });

  it('says what to do where a read can’t be noted, and makes none', async () => {
    writeFileSync(join(folder, 'reads-1.calls'), '');
    const disk = createFaultyDisk(2, 'ENOSPC');
    const reads = await open({ disk: { ...realDisk, openShared: disk.openShared } });
    await expect(reads.take(AT_ONCE)).rejects.toMatchObject({
      name: 'RunError',
      code: 'results_unwritable',
      advice: { code: 'make_ledger_writable' },
    });
    await reads.close();
  });
});
