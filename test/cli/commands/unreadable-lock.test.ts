import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { makeContext, type FakeContext } from '../fake-context.ts';

const ADVICE = 'If no other oppsweep process is running, remove it';

/** A run that a limit has stopped, whose lock somebody, or a disk, has emptied. */
async function lockEmptied(): Promise<FakeContext> {
  const context = makeContext();
  context.write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\nO2,S-0000002\n');
  await context.run('disassociate', context.at('people.csv'), '--emulator', '--limit', '1');
  context.write('people.oppsweep/lock', '');
  context.said();
  return context;
}

describe('a run whose lock can’t be read', () => {
  it('is told by status all the same, with what is not known and what to do', async () => {
    const { end, at } = await lockEmptied();
    const { code, out } = await end('status', at('people.results.csv'));
    expect(code).toBe(3);
    expect(out).toContain('not finished; whether a process works on it is not known');
    expect(out).toContain(`The lock file ${at('people.oppsweep/lock')} can't be read. ${ADVICE}`);
    expect(out).toContain('1  disassociated');
    expect(out).not.toContain('backup');

    const json = await end('status', at('people.results.csv'), '--json');
    const schema = resolve(import.meta.dirname, '../../../schemas/status.schema.json');
    const validate = new Ajv2020().compile(JSON.parse(readFileSync(schema, 'utf8')) as object);
    const found = JSON.parse(json.out) as Record<string, unknown>;
    validate(found);
    expect(validate.errors).toBeNull();
    expect(found['lockFault']).toContain("can't be read");
    expect((await end('status', at('people.results.csv'), '--verify')).out).toContain(
      'the results so far: a process may be writing them',
    );
  });

  it('has its report', async () => {
    const { end, at } = await lockEmptied();
    expect((await end('report', at('people.results.csv'))).code).toBe(0);
  });

  it('is neither gone on with nor undone: somebody may be at it', async () => {
    const { end, at } = await lockEmptied();
    for (const command of [
      ['disassociate', at('people.csv')],
      ['undo', at('people.results.csv')],
    ]) {
      const { code, err } = await end(...command, '--emulator');
      expect(err).toContain(ADVICE);
      expect(code).toBe(2);
    }
  });
});
