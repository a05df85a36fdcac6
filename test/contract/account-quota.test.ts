import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { realDisk } from '../../src/disk/disk.ts';
import { thisMachine } from '../../src/disk/machine.ts';
import { fileQuotas } from '../../src/store/files/file-quotas.ts';
import { memoryQuotas } from '../../src/store/memory/memory-quotas.ts';
import { describeAccountQuota } from './account-quota.ts';

describeAccountQuota('in files', async (clock) => {
  const stateHome = mkdtempSync(join(tmpdir(), 'oppsweep-quota-'));
  onTestFinished(() => rmSync(stateHome, { recursive: true, force: true }));
  const open = () => fileQuotas({ disk: realDisk, machine: thisMachine, clock, stateHome });
  return { store: open(), another: open };
});

describeAccountQuota('in memory', async (clock) => {
  const store = memoryQuotas(clock);
  return { store, another: () => store };
});
