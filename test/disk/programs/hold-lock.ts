import { realDisk } from '../../../src/disk/disk.ts';
import { acquireLock } from '../../../src/store/files/lock/lock.ts';
import { thisMachine } from '../../../src/disk/machine.ts';

// Waits for a byte on standard input, tries to take the lock, says how that went, and holds on until it is killed.
const [path = ''] = process.argv.slice(2);

process.stdout.write('ready\n');
process.stdin.once('data', () => {
  const taking = acquireLock(
    path,
    { purpose: 'a test', refusal: 'run_held' },
    { disk: realDisk, machine: thisMachine, wallMs: () => Date.now() },
  );
  taking.then(
    () => process.stdout.write('held\n'),
    (error: unknown) => process.stdout.write(`refused ${String(error)}\n`),
  );
});
setInterval(() => undefined, 60_000);
