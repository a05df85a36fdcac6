import { realDisk } from '../../../../src/disk/disk.ts';
import { systemClock } from '../../../../src/disk/system-clock.ts';
import { openSharedReads } from '../../../../src/store/files/ledger/shared-reads.ts';

// Takes reads as fast as it can until the day has no more of them, and writes how many it had.
const [folder = '', perDay = '', sealAtBytes = ''] = process.argv.slice(2);
const limits = { callsPerSecond: 'unlimited', callsPerDay: Number(perDay) } as const;
const reads = await openSharedReads({
  folder,
  disk: realDisk,
  clock: systemClock,
  capacity: 100_000,
  before: [],
  sealAtBytes: Number(sealAtBytes),
});
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  void (async () => {
    let taken = 0;
    while ((await reads.take(limits)) === 'taken') taken += 1;
    await reads.close();
    process.stdout.write(`${taken}\n`);
    process.stdin.destroy();
  })();
});
