import { describe, expect, it } from 'vitest';
import { thisMachine } from '../../../src/disk/machine.ts';
import { statusLine } from '../../../src/cli/words/status/describe-status.ts';
import { readStatus, type RunStatus } from '../../../src/run/record/read-status.ts';
import { startChild } from '../../disk/child.ts';
import { compileProgram } from '../../disk/compile-program.ts';
import { doneEntry, tryEntry, validRow } from '../../results/samples.ts';
import { makeRunFolder } from '../../store/files/run-folder/make-run-folder.ts';

const INPUT = ['Opportunity ID,Entity ID', ...[0, 1].map((row) => validRow(row).cells.join(',')), ''].join(
  '\n',
);

describe.skipIf(process.platform !== 'linux')('readStatus of a run whose process is suspended', () => {
  it('says so, promises neither rate nor finish, and goes back to running with it', async () => {
    const run = makeRunFolder(INPUT);
    const session = { t: 'session', at: '', callsPerSecond: 1, callsPerDay: 100 } as const;
    run.journal(session, tryEntry(0), doneEntry(0));
    const child = startChild(await compileProgram('test/disk/programs/hold-lock.ts'), [run.paths.lock]);
    const look = async (): Promise<RunStatus> => readStatus(await run.record({ machine: thisMachine }));
    try {
      expect(await child.line()).toBe('ready');
      child.send('\n');
      expect(await child.line()).toBe('held');
      const running = await look();
      expect(running).toMatchObject({ state: 'running', expectedFinishMs: expect.any(Number) as number });
      expect(running.holder).not.toHaveProperty('suspended');
      process.kill(child.pid, 'SIGSTOP');
      // The signal takes effect when the system next looks at that process.
      await expect.poll(async () => (await look()).holder?.suspended).toBe(true);
      const held = await look();
      expect(held).toMatchObject({ state: 'running', rowsPerSecond: undefined, expectedFinishMs: undefined });
      expect(statusLine(held)).toMatch(/^suspended · 1 of 2 valid rows done/);
      process.kill(child.pid, 'SIGCONT');
      await expect.poll(async () => (await look()).holder?.suspended).toBeUndefined();
    } finally {
      await child.kill();
    }
  });
});
