import { describe, expect, it } from 'vitest';
import { Command } from 'commander';
import { assertMayConfirm, confirmRun, type ToldAhead } from '../../../src/cli/screen/confirm-run.ts';
import type { Terminal } from '../../../src/cli/process/terminal.ts';
import { addRunFlags, type RunFlags } from '../../../src/cli/options/run-flags.ts';
import type { WorkAhead } from '../../../src/run/job-context.ts';
import { surveyInput } from '../../../src/run/request/survey-input.ts';
import { instantClock } from '../../run/job-stage.ts';
import { fakeService } from '../../run/fake-service.ts';
import { pieces } from '../../results/samples.ts';
import { makeContext } from '../fake-context.ts';

function flags(...options: readonly string[]): RunFlags {
  return addRunFlags(new Command()).parse(options, { from: 'user' }).opts();
}

async function workAhead(rows = 1): Promise<WorkAhead> {
  const lines = Array.from({ length: rows }, (_, index) => `O${index + 1},S-0000001\n`);
  const bytes = Buffer.from(`Opportunity ID,Entity ID\n${lines.join('')}`);
  const survey = await surveyInput({ name: 'people.csv', read: () => pieces(bytes), options: {} });
  return { survey, rowsDone: 0 };
}

describe('assertMayConfirm', () => {
  it('refuses live data where nobody can be asked and nobody said yes', () => {
    const { context } = makeContext();
    expect(() => assertMayConfirm('AWS', flags(), context)).toThrow(
      /changes live data, and there is no terminal/,
    );
  });

  it('admits live data with --yes or with a terminal, and the sandbox always', () => {
    const { context } = makeContext();
    const inTerminal = { ...context, terminal: { ...context.terminal, canAsk: true } };
    expect(() => assertMayConfirm('AWS', flags('--yes'), context)).not.toThrow();
    expect(() => assertMayConfirm('AWS', flags(), inTerminal)).not.toThrow();
    expect(() => assertMayConfirm('Sandbox', flags(), context)).not.toThrow();
  });
});

/** What a run's confirmation is lent, with what it told. */
function telling(more: Partial<Parameters<typeof confirmRun>[3]['request']> = {}): Pick<
  Parameters<typeof confirmRun>[3],
  'request' | 'told'
> & {
  readonly log: string[];
  readonly shown: string[];
} {
  const [log, shown]: [string[], string[]] = [[], []];
  const told: ToldAhead = {
    words: (text) => log.push(text),
    say: (text, short) => {
      log.push(text);
      shown.push(short);
    },
  };
  return { request: { options: {}, terms: {}, planOnly: false, ...more }, told, log, shown };
}

const CALLER = { account: '111122223333', arn: 'arn:aws:sts::111122223333:assumed-role/cleanup/anna' };

describe('confirmRun', () => {
  it('asks nothing for the sandbox, nor with --yes, and says what it does to whom', async () => {
    const { context, said } = makeContext();
    const opened = await fakeService([], instantClock()).open();
    const service = { ...opened, caller: CALLER, endpoint: 'http://127.0.0.1:8080' };
    const tells = telling({ options: { limit: 7 }, terms: { where: '["Owner=Ann"]' } });
    const ahead = await workAhead();
    await confirmRun(ahead, service, flags(), { ...context, ...tells });
    await confirmRun(ahead, { ...service, catalog: 'AWS' }, flags('--yes'), { ...context, ...tells });
    expect(said()).toEqual({ out: '', err: '' });
    const changes = 'remove up to 1 association from 1 opportunity of account 111122223333';
    expect(tells.shown[1]).toContain(`To do: ${changes}, as ${CALLER.arn}, at http://127.0.0.1:8080`);
    expect(tells.log.map((text) => text.split('\n'))).toEqual([
      expect.arrayContaining([`Catalog  Sandbox, at ${service.endpoint}`]),
      [
        `Catalog  AWS: live data, at ${service.endpoint}`,
        `Account  111122223333, as ${CALLER.arn}`,
        'Rows     1 to send, 0 invalid, 0 duplicate',
        'Quota    unlimited',
        expect.stringMatching(/^Finish {3}/),
        'Options  --limit 7 --where Owner=Ann',
        `To do    ${changes}`,
        '',
      ],
    ]);
  });

  it('tells the log alone of a rehearsal and of a plan', async () => {
    const { context, said } = makeContext();
    const service = await fakeService([], instantClock()).open();
    const tells = telling();
    const plans = telling({ planOnly: true });
    const ahead = await workAhead();
    await confirmRun(ahead, { ...service, endpoint: 'emulator' }, flags(), { ...context, ...tells });
    await confirmRun(ahead, { ...service, catalog: 'AWS' }, flags(), { ...context, ...plans });
    expect(said().err + tells.shown.join('') + plans.shown.join('')).toBe('');
    expect(tells.log.join('')).toBe(
      'Catalog  Sandbox, in the embedded emulator: a rehearsal\nRows     1 to send, 0 invalid, 0 duplicate\n',
    );
    expect(plans.log.join('')).toContain('Rows     1 to look at, 0 invalid, 0 duplicate\n');
  });

  it('keeps for the log what was asked, and the answer', async () => {
    const { context, said } = makeContext();
    const service = { ...(await fakeService([], instantClock()).open()), catalog: 'AWS' as const };
    const tells = telling();
    const terminal = { ...context.terminal, canAsk: true, ask: async () => ' y ' };
    await confirmRun(await workAhead(), service, flags(), { ...context, ...tells, terminal });
    const [facts = '', answered] = tells.log;
    expect(said().err).toBe(facts);
    expect(answered).toBe(
      'Remove up to 1 association from 1 opportunity of the account of these credentials? [y/N] y\n',
    );
  });

  it('tells the rows that a limit lets through, and the end of these', async () => {
    const { context, said } = makeContext();
    const service = { ...(await fakeService([], instantClock()).open()), catalog: 'AWS' as const };
    const terminal = { ...context.terminal, canAsk: true, ask: async () => 'y' };
    const ahead = await workAhead(3);
    await confirmRun(ahead, service, flags('--limit', '2'), { ...context, ...telling(), terminal });
    expect(said().err).toContain('Rows     2 of 3 to send, 0 invalid, 0 duplicate\n');
    await confirmRun(ahead, service, flags(), { ...context, ...telling(), terminal });
    expect(said().err).toContain('Rows     3 to send, 0 invalid, 0 duplicate\n');
  });

  it('asks for as long as nothing stops the run', async () => {
    const { context } = makeContext();
    const service = { ...(await fakeService([], instantClock()).open()), catalog: 'AWS' as const };
    const { signal } = new AbortController();
    const given: (AbortSignal | undefined)[] = [];
    const ask: Terminal['ask'] = async (_, until) => {
      given.push(until);
      return 'y';
    };
    const terminal = { ...context.terminal, canAsk: true, ask };
    await confirmRun(await workAhead(), service, flags(), { ...context, ...telling(), terminal, signal });
    expect(given).toEqual([signal]);
  });

  it('goes on after a yes alone', async () => {
    const { context } = makeContext();
    const service = { ...(await fakeService([], instantClock()).open()), catalog: 'AWS' as const };
    const ahead = await workAhead();
    const answered = (answer: string): Promise<void> => {
      const terminal = { ...context.terminal, canAsk: true, ask: async () => answer };
      return confirmRun(ahead, service, flags(), { ...context, ...telling(), terminal });
    };
    for (const yes of ['y', ' YES ']) await answered(yes);
    for (const other of ['', 'n', 'yo', 'y y']) {
      await expect(answered(other)).rejects.toMatchObject({ code: 'confirmation_missing' });
    }
  });
});
