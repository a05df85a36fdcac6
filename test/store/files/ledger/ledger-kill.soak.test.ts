import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { realDisk } from '../../../../src/disk/disk.ts';
import { readLedgerTimes } from '../../../../src/store/files/ledger/file-ledger.ts';
import { ledgerFolder } from '../../../../src/store/files/ledger/ledger-folder.ts';
import { OWNER } from '../../days.ts';
import { compileProgram } from '../../../disk/compile-program.ts';
import { cases } from '../../../soak.ts';

const KILLS = cases(160);
/** The program's. */
const CONCURRENCY = 8;

let program: string;

beforeAll(async () => {
  program = await compileProgram('test/pace/programs/call-forever.ts');
});

/** Lets it make calls until there are some more than `count`, then kills it: how many it made, the last ones included. */
async function callUntilKilled(stateHome: string, count: number): Promise<number> {
  const child = spawn(process.execPath, [program, stateHome], { stdio: ['ignore', 'pipe', 'inherit'] });
  let calls = 0;
  child.stdout.on('data', (dots: Buffer) => {
    calls += dots.length;
    if (calls > count) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return calls;
}

describe('a ledger whose process is killed', () => {
  it('has every call that was made, over and over, and lets the next process in at once', async () => {
    const stateHome = await mkdtemp(join(tmpdir(), 'oppsweep-kill-'));
    const folder = ledgerFolder({ stateHome, ...OWNER });
    let called = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      called += await callUntilKilled(stateHome, (kill % 12) * 37);
      const { length } = await readLedgerTimes(folder, 'writes', realDisk);
      expect(length).toBeGreaterThanOrEqual(called);
      // A process killed between record and call leaves a record too many for each call that was about to leave.
      expect(length).toBeLessThanOrEqual(called + (kill + 1) * CONCURRENCY);
    }
  });
});
