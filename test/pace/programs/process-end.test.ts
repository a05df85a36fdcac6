import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileProgram } from '../../disk/compile-program.ts';

let program: string;

beforeAll(async () => {
  program = await compileProgram('test/pace/programs/wait-for-pace.ts');
});

/** What it printed by the time it ended by itself with exit code 0. */
async function run(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { timeout: 120_000 });
  return stdout.trim();
}

describe('a process whose jobs wait for their pace', () => {
  it.each(['rate', 'throttle'])('does not end before they have called (%s)', async (what) => {
    expect(await run(what, 'wait')).toBe('fulfilled fulfilled fulfilled fulfilled');
  });

  it('ends soon after the pace is closed, though the jobs would have waited for a day', async () => {
    expect(await run('quota', 'close')).toBe('fulfilled rejected rejected rejected');
  });

  it('ends soon after the pace is closed, whatever Bottleneck has in hand', async () => {
    expect(await run('rate', 'close')).toBe('fulfilled rejected rejected rejected');
  });
});
