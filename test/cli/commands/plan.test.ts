import { describe, expect, it } from 'vitest';
import { makeContext, type FakeContext } from '../fake-context.ts';

const PEOPLE = ['Opportunity ID,Entity ID', 'O1,S-0000001', 'O2,S-0000002', ''].join('\n');
const HELD = ['Opportunity ID,Entity ID', 'O1,S-0000001', 'O2,S-0000022', ''].join('\n');

function contextWithPeople(): FakeContext {
  const context = makeContext();
  context.write('people.csv', PEOPLE);
  context.write('held.csv', HELD);
  return context;
}

describe('oppsweep plan', () => {
  it('writes a plan beside the input and says what a run would cost', async () => {
    const context = contextWithPeople();
    expect(
      await context.run('plan', context.at('people.csv'), '--emulator-state', context.at('held.csv')),
    ).toBe(0);
    expect(context.read('people.plan.csv').split('\n').slice(1, 3)).toEqual([
      expect.stringMatching(/^O1,S-0000001,2,would_disassociate,,The opportunity’s last solution\./),
      expect.stringMatching(/^O2,S-0000002,3,already_absent,,/),
    ]);
    const { err, out } = context.said();
    expect(err).toContain('A run would spend 1 write');
    expect(err).toContain('1 opportunity would lose the last solution');
    expect(err).not.toContain('Run the failed ones again');
    expect(out).toBe('');
  });

  it('has the command of the run that it plans on the screen and in its page', async () => {
    const context = contextWithPeople();
    await context.run('plan', context.at('people.csv'), '--emulator-state', context.at('held.csv'));
    const [, command = ''] = /^Run it: (.*)$/m.exec(context.said().err) ?? [];
    expect(command).toContain('disassociate');
    await context.run('report', context.at('people.plan.csv'));
    expect(context.read('people.plan.report.html')).toContain(`<pre tabindex="0">${command}</pre>`);
  });

  it('by which nothing would be done says so, and proposes no run', async () => {
    const context = contextWithPeople();
    context.write('none.csv', 'Opportunity ID,Entity ID\nO9,S-0000009\n');
    await context.run('plan', context.at('people.csv'), '--emulator-state', context.at('none.csv'));
    const { err } = context.said();
    expect(err).toContain('A run would spend 0 writes: there is nothing to do. Nothing was changed.');
    expect(err).not.toContain('Run it');
    await context.run('report', context.at('people.plan.csv'));
    const page = context.read('people.plan.report.html');
    expect(page).toContain('A run would spend 0 writes of the day’s quota: there is nothing to do.');
  });

  it('puts cost and end into the JSON of --json', async () => {
    const context = contextWithPeople();
    await context.run('plan', context.at('people.csv'), '--emulator-state', context.at('held.csv'), '--json');
    const summary: unknown = JSON.parse(context.said().out);
    expect(summary).toMatchObject({
      command: 'plan',
      counts: { plan: { writesNeeded: 1, byNote: { last_solution: 1 } } },
      calls: { writes: 0, reads: 2 },
      finishIfRunNow: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
  });

  it.each([
    ['plan', '--no-preflight', 'A plan needs to read opportunities'],
    [
      'disassociate',
      '--no-preflight --protect-last',
      'Keeping the last entity of a type needs to read opportunities',
    ],
  ])('%s is refused with %s', async (command, options, message) => {
    const context = contextWithPeople();
    const running = context.run(command, context.at('people.csv'), '--emulator', ...options.split(' '));
    await expect(running).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message) as string,
    });
  });
});
