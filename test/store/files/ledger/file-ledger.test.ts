import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { realDisk, type Disk } from '../../../../src/disk/disk.ts';
import { readLockHolder } from '../../../../src/store/files/lock/lock.ts';
import { thisMachine } from '../../../../src/disk/machine.ts';
import { newestOf } from '../../../../src/model/quota/earliest-start.ts';
import {
  ledgerLockPath,
  ledgerPath,
  openFileLedger,
  readLedgerTimes,
  type FileLedger,
} from '../../../../src/store/files/ledger/file-ledger.ts';
import { DAY_MS } from '../../../../src/model/quota/quota-day.ts';
import { decodeRecords, encodeRecords } from '../../../../src/store/files/ledger/ledger-record.ts';
import { createFaultyDisk } from '../../../disk/faulty-disk.ts';
import { createVirtualClock, START_MS, type VirtualClock } from '../../../pace/virtual-clock.ts';

let folder: string;
let clock: VirtualClock;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'oppsweep-ledger-')), '123456789012@example');
  clock = createVirtualClock();
});

function open(disk: Disk = realDisk): Promise<FileLedger> {
  const options = { folder, kind: 'writes', purpose: 'disassociate people.csv', capacity: 1e6 } as const;
  return openFileLedger(options, { disk, machine: thisMachine, clock });
}

/** What the next process finds. */
async function timesAfterReopening(): Promise<readonly number[]> {
  const ledger = await open();
  const times = newestOf(ledger.times, ledger.times.length);
  await ledger.close();
  return times;
}

async function recordCalls(ledger: FileLedger, count: number, everyMs: number): Promise<void> {
  for (let call = 0; call < count; call++) {
    ledger.record();
    clock.advance(everyMs);
  }
}

describe('openFileLedger', () => {
  it('finds the calls of an earlier process', async () => {
    const ledger = await open();
    await recordCalls(ledger, 3, 1000);
    await ledger.close();
    expect(await timesAfterReopening()).toEqual([START_MS, START_MS + 1000, START_MS + 2000]);
  });

  it('has a call on file before record returns', async () => {
    const ledger = await open();
    ledger.record();
    expect(decodeRecords(await readFile(ledgerPath(folder, 'writes')))).toEqual([START_MS]);
    await ledger.close();
  });

  it('keeps reads and writes apart', async () => {
    const writes = await open();
    const deps = { disk: realDisk, machine: thisMachine, clock };
    const reads = await openFileLedger({ folder, kind: 'reads', purpose: 'plan', capacity: 10 }, deps);
    writes.record();
    expect(reads.times.length).toBe(0);
    await writes.close();
    await reads.close();
  });

  it('is held by one process at a time, and says who', async () => {
    const ledger = await open();
    await expect(open()).rejects.toMatchObject({ code: 'account_held' });
    expect(await readLockHolder(ledgerLockPath(folder, 'writes'), realDisk)).toMatchObject({
      pid: process.pid,
      purpose: 'disassociate people.csv',
    });
    await ledger.close();
    expect(await readLockHolder(ledgerLockPath(folder, 'writes'), realDisk)).toBeUndefined();
  });

  it('drops on opening what is older than a day, but never the newest', async () => {
    const ledger = await open();
    await recordCalls(ledger, 3, 1000);
    await ledger.close();
    clock.advance(2 * DAY_MS);
    expect(await timesAfterReopening()).toEqual([START_MS + 2000]);
    expect(await readFile(ledgerPath(folder, 'writes'))).toEqual(encodeRecords([START_MS + 2000]));
  });

  it('goes on after a torn last record', async () => {
    const ledger = await open();
    await recordCalls(ledger, 2, 1000);
    await ledger.close();
    const sound = await readFile(ledgerPath(folder, 'writes'));
    await writeFile(ledgerPath(folder, 'writes'), Buffer.concat([sound, sound.subarray(0, 5)]));
    const again = await open();
    again.record();
    await again.close();
    expect(await timesAfterReopening()).toEqual([START_MS, START_MS + 1000, START_MS + 2000]);
  });

  it('becomes shorter while it is open once most of it no longer counts, and loses no call over it', async () => {
    const ledger = await open();
    const perDay = 8000;
    const everyMs = DAY_MS / perDay;
    for (let batch = 0; batch < 50; batch++) {
      await recordCalls(ledger, perDay / 10, everyMs);
      const onFile = await readLedgerTimes(folder, 'writes', realDisk);
      expect(newestOf(onFile, ledger.times.length)).toEqual(newestOf(ledger.times, ledger.times.length));
    }
    await ledger.close();
    const { size } = await stat(ledgerPath(folder, 'writes'));
    expect(size).toBeLessThan(5 * perDay * 8);
    const times = await timesAfterReopening();
    expect(times.at(-1)).toBe(Math.ceil(START_MS + (5 * perDay - 1) * everyMs));
    // A day's calls, and those of the second that a call counts longer.
    expect(times).toHaveLength(perDay);
    expect(await readdir(folder)).toEqual(['writes.ledger']);
  });

  it('keeps the calls that are made while a shorter file is being written', async () => {
    const scene: { ledger?: FileLedger; made: boolean } = { made: false };
    const disk: Disk = {
      ...realDisk,
      openForAppend: async (path) => {
        const file = await realDisk.openForAppend(path);
        if (path === ledgerPath(folder, 'writes')) return file;
        const flush = async (): Promise<void> => {
          await file.flush();
          if (!scene.made) scene.ledger?.record();
          scene.made = true;
        };
        return { ...file, flush };
      },
    };
    const ledger = await open(disk);
    scene.ledger = ledger;
    while (!scene.made) {
      await recordCalls(ledger, 1000, DAY_MS / 1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const expected = newestOf(ledger.times, ledger.times.length);
    await ledger.close();
    expect(await timesAfterReopening()).toEqual(expected);
  });

  it('says that a full disk stops the run, and keeps what was noted before', async () => {
    const noFault = createFaultyDisk(Number.POSITIVE_INFINITY, 'ENOSPC');
    await (await open(noFault)).close();
    // One opening's calls, less those of closing, and then the first record.
    for (let faultAt = 1; faultAt <= noFault.calls() + 3; faultAt++) {
      const outcome = await open(createFaultyDisk(faultAt, 'ENOSPC')).then(
        async (ledger) => {
          const failure = await recordUntilItFails(ledger);
          await ledger.close().catch(() => undefined);
          return failure;
        },
        (error: unknown) => error,
      );
      expect(outcome).toMatchObject({ name: 'RunError' });
      await realDisk.remove(ledgerLockPath(folder, 'writes'));
    }
  });

  it('notes a call that the system writes in two parts', async () => {
    const openings = createFaultyDisk(Number.POSITIVE_INFINITY, 'short');
    const first = await open(openings);
    const callsToOpen = openings.calls();
    await first.close();
    const ledger = await open(createFaultyDisk(callsToOpen + 1, 'short'));
    await recordCalls(ledger, 2, 1000);
    await ledger.close();
    expect(await timesAfterReopening()).toEqual([START_MS, START_MS + 1000]);
  });

  it('is readable while another process holds it', async () => {
    const ledger = await open();
    await recordCalls(ledger, 2, 1000);
    const times = await readLedgerTimes(folder, 'writes', realDisk);
    expect(newestOf(times, times.length)).toEqual([START_MS, START_MS + 1000]);
    expect((await readLedgerTimes(folder, 'reads', realDisk)).length).toBe(0);
    await ledger.close();
  });
});

describe('a ledger whose clock was set back', () => {
  const YEAR_MS = 365 * DAY_MS;

  it('does not free quota by it, in this process or the next', async () => {
    const ledger = await open();
    ledger.record();
    clock.setWall(-2 * DAY_MS);
    expect(ledger.nowMs()).toBe(START_MS);
    await ledger.close();
    const next = await open();
    expect(next.nowMs()).toBe(START_MS);
    await next.close();
  });

  it('is not ahead of time when the clock is set right again', async () => {
    const ledger = await open();
    ledger.record();
    clock.setWall(-2 * DAY_MS);
    ledger.nowMs();
    await ledger.close();
    clock.advance(1000);
    clock.setWall(2 * DAY_MS);
    const next = await open();
    expect(next.nowMs()).toBe(START_MS + 1000);
    await next.close();
  });

  it('frees quota a day later for short-lived processes too, though the clock was a year ahead when it was used', async () => {
    clock.setWall(YEAR_MS);
    const ledger = await open();
    ledger.record();
    const usedAtMs = ledger.nowMs();
    await ledger.close();
    clock.setWall(-YEAR_MS);
    for (let hour = 0; hour <= 24; hour++) {
      const brief = await open();
      brief.nowMs();
      await brief.close();
      clock.advance(3_600_000);
    }
    const next = await open();
    expect(next.nowMs() - usedAtMs).toBeGreaterThan(DAY_MS);
    await next.close();
  });
});

async function recordUntilItFails(ledger: FileLedger): Promise<unknown> {
  try {
    for (let call = 0; call < 10; call++) {
      ledger.record();
      clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return undefined;
  } catch (error) {
    return error;
  }
}
