import { expect, it } from 'vitest';
import { makeContext } from '../fake-context.ts';

it('refuses what a run refuses of the daily quota, in the same words and with the same exit code', async () => {
  const context = makeContext();
  context.write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\n');
  const limits = ['--daily-quota', '5', '--reserve', '9'];
  const run = await context.end('disassociate', context.at('people.csv'), '--emulator', ...limits);
  const doctor = await context.end('doctor', ...limits);
  expect([doctor.code, doctor.out]).toEqual([2, '']);
  expect(doctor.err).toContain('A reserve of 9 leaves nothing of a daily quota of 5.');
  expect(run.code).toBe(doctor.code);
  expect(run.err).toContain(doctor.err);
});
