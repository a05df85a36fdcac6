import { describe, expect, it } from 'vitest';
import { thisMachine } from '../../src/disk/machine.ts';
import { startChild } from './child.ts';
import { compileProgram } from './compile-program.ts';

describe('thisMachine', () => {
  it('says the same of a living process each time it is asked', async () => {
    const state = await thisMachine.processState(process.pid);
    expect(state.alive).toBe(true);
    expect(await thisMachine.processState(process.pid)).toEqual(state);
  });

  it('tells a process that has ended from one that lives', async () => {
    const child = startChild(await compileProgram('test/disk/programs/hold-lock.ts'), ['unused']);
    await child.line();
    expect(await thisMachine.processState(child.pid)).toMatchObject({ alive: true });
    await child.kill();
    expect(await thisMachine.processState(child.pid)).toEqual({ alive: false });
  });

  it('names the boot by a word that does not change', async () => {
    expect(await thisMachine.bootId()).toBe(await thisMachine.bootId());
  });
});
