import { expect, it, onTestFinished } from 'vitest';
import { runProgram } from '../../../src/cli/program.ts';
import { describeError } from '../../../src/cli/words/describe-end.ts';
import { exitCodeOf } from '../../../src/cli/words/hints/stop-codes.ts';
import { realDisk } from '../../../src/disk/disk.ts';
import { thisMachine } from '../../../src/disk/machine.ts';
import { systemClock } from '../../../src/disk/system-clock.ts';
import { setRight } from '../../../src/model/clock.ts';
import { RunError } from '../../../src/model/run-error.ts';
import { filesHome } from '../../../src/store/files/files-home.ts';
import { startStageEmulator } from '../../e2e/stage/stage-emulator.ts';
import { makeWorkFolder, type WorkFolder } from '../../e2e/stage/work-folder.ts';
import { contextThatHears } from '../fake-context.ts';

const HOUR_MS = 3_600_000;
const ROWS = 'Opportunity ID,Entity ID\nO1,S-0000001\nO2,S-0000002\nO3,S-0000003\nO4,S-0000004\n';

interface Ended {
  readonly code: number;
  readonly err: string;
}

/** The program on a machine whose clock is so far ahead. */
async function onMachine(
  aheadMs: number,
  folder: WorkFolder,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  const clock = setRight(systemClock, -aheadMs);
  let err = '';
  const hears = contextThatHears({ out: () => undefined, err: (text) => (err += text) });
  const args = ['disassociate', folder.at('people.csv'), '--catalog', 'Sandbox', '--no-preflight'];
  const paced = ['--rate', 'unlimited', '--daily-quota', '2', '--no-wait', '--concurrency', '1'];
  const home = filesHome({ disk: realDisk, machine: thisMachine, clock, env: folder.env });
  const terminal = { ...hears.terminal, env: { ...folder.env, ...env } };
  try {
    const code = await runProgram({ ...hears, ...home, terminal, clock, args: [...args, ...paced] });
    return { code, err };
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return { code: exitCodeOf(error.code), err: err + describeError(error) };
  }
}

it.each([
  ['ahead of', 26 * HOUR_MS],
  ['behind', -26 * HOUR_MS],
])('a clock that is a day %s the service’s hands out no other day’s quota', async (side, aheadMs) => {
  const task = { onTestFinished };
  const folder = makeWorkFolder(task);
  folder.write('people.csv', ROWS);
  const { env, counts } = await startStageEmulator(task, folder.at('people.csv'), []);

  expect((await onMachine(0, folder, env)).code).toBe(3);
  expect((await counts()).operations.DisassociateOpportunity.admitted).toBe(2);

  const wrong = await onMachine(aheadMs, folder, env);
  expect(wrong.err).toContain(`This machine’s clock is 1 d 2 h ${side} the service’s`);
  expect(wrong.code).toBe(3);
  expect((await counts()).operations.DisassociateOpportunity.admitted).toBe(2);

  // Nor does it leave a time behind that would hold up, or let through, whoever has the clock right.
  const right = await onMachine(0, folder, env);
  expect(right.err).not.toContain('clock');
  expect(right.code).toBe(3);
  expect((await counts()).operations.DisassociateOpportunity.admitted).toBe(2);
});

it('what a clock that is wrong sends is counted and noted by the service’s', async () => {
  const task = { onTestFinished };
  const folder = makeWorkFolder(task);
  folder.write('people.csv', ROWS);
  const { env, counts } = await startStageEmulator(task, folder.at('people.csv'), []);

  expect((await onMachine(26 * HOUR_MS, folder, env)).code).toBe(3);
  expect((await counts()).operations.DisassociateOpportunity.admitted).toBe(2);
  expect((await onMachine(0, folder, env)).code).toBe(3);
  expect((await counts()).operations.DisassociateOpportunity.admitted).toBe(2);
  const journal = folder.read('people.oppsweep/journal.jsonl');
  const tries = [...journal.matchAll(/"t":"try".*?"at":(\d+)/g)].map(([, at]) => Number(at));
  expect(tries).toHaveLength(2);
  for (const at of tries) expect(Math.abs(at - Date.now())).toBeLessThan(HOUR_MS);
});
