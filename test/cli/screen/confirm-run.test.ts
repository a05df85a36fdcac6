import { describe, expect, it } from 'vitest';
import { Command } from 'commander';
import { assertMayConfirm, confirmRun } from '../../../src/cli/screen/confirm-run.ts';
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

describe('confirmRun', () => {
  it('asks nothing for the sandbox, nor with --yes', async () => {
    const { context, said } = makeContext();
    const service = await fakeService([], instantClock()).open();
    const ahead = await workAhead();
    await confirmRun(ahead, service, flags(), context);
    await confirmRun(ahead, { ...service, catalog: 'AWS' }, flags('--yes'), context);
    expect(said()).toEqual({ out: '', err: '' });
  });

  it('tells the rows that a limit lets through, and the end of these', async () => {
    const { context, said } = makeContext();
    const service = { ...(await fakeService([], instantClock()).open()), catalog: 'AWS' as const };
    const terminal = { ...context.terminal, canAsk: true, ask: async () => 'y' };
    const ahead = await workAhead(3);
    await confirmRun(ahead, service, flags('--limit', '2'), { ...context, terminal });
    expect(said().err).toContain('Rows     2 of 3 to send, 0 invalid, 0 duplicate\n');
    await confirmRun(ahead, service, flags(), { ...context, terminal });
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
    await confirmRun(await workAhead(), service, flags(), { ...context, terminal, signal });
    expect(given).toEqual([signal]);
  });

  it('goes on after a yes alone', async () => {
    const { context } = makeContext();
    const service = { ...(await fakeService([], instantClock()).open()), catalog: 'AWS' as const };
    const ahead = await workAhead();
    const answered = (answer: string): Promise<void> => {
      const terminal = { ...context.terminal, canAsk: true, ask: async () => answer };
      return confirmRun(ahead, service, flags(), { ...context, terminal });
    };
    for (const yes of ['y', ' YES ']) await answered(yes);
    for (const other of ['', 'n', 'yo', 'y y']) {
      await expect(answered(other)).rejects.toMatchObject({ code: 'confirmation_missing' });
    }
  });
});
