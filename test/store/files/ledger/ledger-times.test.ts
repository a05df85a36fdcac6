import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realDisk } from '../../../../src/disk/disk.ts';
import { thisMachine } from '../../../../src/disk/machine.ts';
import { callsSince, newestOf } from '../../../../src/model/quota/earliest-start.ts';
import { openFileLedger, type FileLedger } from '../../../../src/store/files/ledger/file-ledger.ts';
import { DAY_MS } from '../../../../src/model/quota/quota-day.ts';
import { createVirtualClock, START_MS, type VirtualClock } from '../../../pace/virtual-clock.ts';

describe('the times in a ledger', () => {
  async function openNew(
    capacity = 1000,
  ): Promise<{ readonly clock: VirtualClock; readonly ledger: FileLedger }> {
    const clock = createVirtualClock();
    const folder = await mkdtemp(join(tmpdir(), 'oppsweep-ledger-'));
    const deps = { disk: realDisk, machine: thisMachine, clock };
    const options = { folder, kind: 'writes', purpose: 'a test', capacity } as const;
    return { clock, ledger: await openFileLedger(options, deps) };
  }

  it('starts empty', async () => {
    const { ledger } = await openNew();
    expect(ledger.times.length).toBe(0);
    await ledger.close();
  });

  it('has each call at its time, oldest first', async () => {
    const { clock, ledger } = await openNew();
    for (const stepMs of [0, 1000, 0, 500]) {
      clock.advance(stepMs);
      ledger.record();
    }
    expect(newestOf(ledger.times, ledger.times.length)).toEqual(
      [0, 1000, 1000, 1500].map((ms) => START_MS + ms),
    );
    await ledger.close();
  });

  it('never notes a call earlier than it was made: parts of a millisecond are rounded up', async () => {
    const { clock, ledger } = await openNew();
    ledger.record();
    clock.setWall(-10);
    clock.advance(0.25);
    ledger.record();
    expect(newestOf(ledger.times, 2)).toEqual([START_MS, START_MS + 1]);
    await ledger.close();
  });

  it('forgets nothing that is younger than a day', async () => {
    const { clock, ledger } = await openNew();
    for (let hour = 0; hour < 60; hour++) {
      ledger.record();
      clock.advance(3_600_000);
    }
    expect(callsSince(ledger.times, ledger.nowMs() - DAY_MS)).toBe(23);
    await ledger.close();
  });

  it('keeps as many of the newest as it was asked to', async () => {
    const { clock, ledger } = await openNew(3);
    for (let call = 0; call < 5; call++) {
      clock.advance(1000);
      ledger.record();
    }
    expect(newestOf(ledger.times, ledger.times.length)).toEqual(
      [3000, 4000, 5000].map((ms) => START_MS + ms),
    );
    await ledger.close();
  });

  it('has a time that does not go back when the clock does', async () => {
    const { clock, ledger } = await openNew();
    ledger.record();
    clock.setWall(-7_200_000);
    expect(ledger.nowMs()).toBe(START_MS);
    clock.advance(1000);
    ledger.record();
    expect(ledger.times.at(-1)).toBe(START_MS + 1000);
    await ledger.close();
  });
});
