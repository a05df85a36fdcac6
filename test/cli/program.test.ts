import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { runProgram } from '../../src/cli/program.ts';
import { makeContext, type EndOfCommand } from './fake-context.ts';

function end(...args: readonly string[]): Promise<EndOfCommand> {
  return makeContext().end(...args);
}

describe('the program', () => {
  it.each([[['-v']], [['-V']], [['--version']]])('tells its version: %j', async (args) => {
    expect(await end(...args)).toEqual({ code: 0, out: '0.0.0\n', err: '' });
  });

  it.each([[['-h']], [['--help']], [['help']]])('tells what there is: %j', async (args) => {
    const { code, out } = await end(...args);
    expect(code).toBe(0);
    expect(out).toMatch(/Commands:[^]*disassociate[^]*plan[^]*help +tell/);
  });

  it.each([[['help', 'plan']], [['plan', '--help']], [['plan', '-h']]])(
    'tells what a command takes: %j',
    async (args) => {
      const { code, out } = await end(...args);
      expect(code).toBe(0);
      expect(out).toContain('Usage: oppsweep plan [options] <input>');
    },
  );

  it.each([[['help', 'fleet', 'stop']], [['fleet', 'help', 'stop']], [['fleet', 'stop', '--help']]])(
    'tells what a command below a command takes: %j',
    async (args) => {
      const { code, out } = await end(...args);
      expect(code).toBe(0);
      expect(out).toContain('Usage: oppsweep fleet stop [options] <run...>');
    },
  );

  it('speaks with one voice: a summary is no sentence, a description is one or more', async () => {
    const { context } = makeContext();
    const all = await Promise.all(
      COMMANDS.map(async ({ name, summary, load }) => {
        const command = new Command(name).summary(summary);
        (await load())(command, context, () => undefined);
        return [command, ...command.commands];
      }),
    );
    const commands = all.flat();
    expect(commands.length).toBeGreaterThan(COMMANDS.length);
    const summaries = commands.map((command) => command.summary());
    expect(summaries.filter((words) => !/^(Partner Central|[a-z1-9])[^]*[^.]$/.test(words))).toEqual([]);
    const descriptions = commands.map((command) => command.description());
    expect(descriptions.filter((words) => !/^[A-Z][^]*\.$/.test(words))).toEqual([]);
  });

  it('names in the usage what a command can not do without', async () => {
    expect((await end('fleet', 'results', '--help')).out).toContain(
      'Usage: oppsweep fleet results -o <dir> [options] <fleet>',
    );
  });

  it('offers for a plan no option that means nothing to it, and no command that skips the look at it', async () => {
    const { out } = await end('help', 'plan');
    expect(out).not.toMatch(/--yes|--no-wait|--no-preflight|&&/);
    expect(out).toContain('oppsweep disassociate people.plan.csv');
  });

  it.each([
    [['disasociate', 'x.csv'], 'Did you mean disassociate?'],
    [['help', 'plann'], 'Did you mean plan?'],
    [['plann', '--help'], 'Did you mean plan?'],
    [['fleet', 'stopp', '--help'], 'Did you mean stop?'],
    [['help', 'fleet', 'stopp'], 'Did you mean stop?'],
    [['completion', 'tcsh'], "'tcsh' is no shell that it knows: give bash, zsh or fish."],
    [['check', 'x.csv', '--splitt'], 'Did you mean --split?'],
    [['disassociate', 'x.csv', '--only', 'faild'], 'Did you mean failed?'],
    [['disassociate', 'x.csv', '--catalog', 'Sanbox'], 'Did you mean "Sandbox"?'],
  ])('proposes what was meant: %j', async (args, words) => {
    const { code, err } = await end(...args);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  it('tells how to use a file that is given without a command', async () => {
    const { code, err } = await end('my people.csv');
    expect(code).toBe(2);
    expect(err).toContain("oppsweep disassociate 'my people.csv'");
  });

  it.each([
    [['check', ''], '<input>'],
    [['export', '', '--catalog', 'AWS'], '<ids>'],
    [['compare', 'a.csv', ''], '<after>'],
    [['status', ''], '<results>'],
    [['disassociate', 'a.csv', '--replace-map', ''], '--replace-map'],
    [['disassociate', 'a.csv', '--emulator', '--emulator-state='], '--emulator-state'],
    [['fleet', 'results', 'all', '-o', ''], '--output'],
    [['disassociate', 'a.csv', '--emulator', '--on-event', ''], '--on-event'],
    [['disassociate', 'a.csv', '--catalog', 'AWS', '--profile', ''], '--profile'],
    [['disassociate', 'a.csv', '--emulator', '--sheet='], '--sheet'],
  ])('refuses an empty value: %j', async (args, what) => {
    const { code, err } = await end(...args);
    expect(code).toBe(2);
    expect(err).toContain(`${what} is given an empty value.`);
  });

  it('takes an empty value for no option of any command', async () => {
    const taken: string[] = [];
    for (const { name, load } of COMMANDS) {
      const own = new Command(name);
      (await load())(own, makeContext().context, () => undefined);
      for (const command of [own, ...own.commands]) {
        const words = command === own ? [name] : [name, command.name()];
        const given = command.registeredArguments.map(() => 'no.csv');
        for (const { long, required } of command.options) {
          if (!required) continue;
          const { code, err } = await end(...words, ...given, `${long ?? ''}=`);
          if (code !== 2 || !err.includes('is given an empty value'))
            taken.push(`${words.join(' ')} ${long ?? ''}: ${err}`);
        }
      }
    }
    expect(taken).toEqual([]);
  });

  it.each([
    [['check', 'no.csv'], 'YES', 'OPPSWEEP_YES is set, and --yes is taken from the command line alone.'],
    [['status'], 'ACCOUNT_COLUMN', 'OPPSWEEP_ACCOUNT_COLUMN is set, and --account-column'],
    [['check', 'no.csv'], 'RESERVE', 'There is no file no.csv'],
    [['check', 'no.csv'], 'PORT', 'There is no file no.csv'],
    [['check', 'no.csv'], 'TEAM', 'There is no file no.csv'],
  ])('%j takes no variable for what another command does: OPPSWEEP_%s', async (args, variable, words) => {
    const { context } = makeContext();
    const terminal = { ...context.terminal, env: { [`OPPSWEEP_${variable}`]: '1' } };
    await expect(runProgram({ ...context, terminal, args })).rejects.toThrow(words);
  });

  it('tells the variables that no option has, and passes over those that a cluster sets', async () => {
    const { context, write, said } = makeContext();
    const input = write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\n');
    const ofCluster = {
      OPPSWEEP_PORT: 'tcp://10.0.0.1:8080',
      OPPSWEEP_SERVICE_HOST: '10.0.0.1',
      OPPSWEEP_SERVICE_PORT_HTTP: '8080',
      OPPSWEEP_PORT_8080_TCP_ADDR: '10.0.0.1',
      OPPSWEEP_DB_PORT: 'tcp://10.0.0.2:5432',
    };
    const env = { ...ofCluster, OPPSWEEP_FOO: '1', OPPSWEEP_ON_EVNET: '5' };
    await runProgram({ ...context, terminal: { ...context.terminal, env }, args: ['check', input] });
    const told = said().err.split('\n');
    expect(told.filter((line) => line.includes('OPPSWEEP_'))).toEqual([
      'OPPSWEEP_FOO does nothing: no option has it.',
      'OPPSWEEP_ON_EVNET does nothing: no option has it. Did you mean OPPSWEEP_ON_EVENT?',
    ]);
  });

  it.each([
    [['disassociate', 'no.csv', '--emulator'], false, true],
    [['export', '--emulator-state', 'no.csv', '-o', '/dev/null/now.csv'], false, true],
    [['undo', 'no.results.csv', '--catalog', 'AWS'], true, false],
    [['worker'], true, true],
    [['check', 'no.csv'], false, false],
    [['fleet', 'status'], false, false],
    [['disassociate', '--help'], false, false],
  ])(
    'keeps a log of what may be read later: %j, on a screen: %j, a log: %j',
    async (args, canRedraw, isLog) => {
      const { context } = makeContext();
      let kept = false;
      const terminal = {
        ...context.terminal,
        canRedraw,
        keepLog: () => {
          kept = true;
        },
      };
      await runProgram({ ...context, terminal, args }).catch(() => undefined);
      expect(kept).toBe(isLog);
    },
  );

  it('names at the start the options that the environment gives', async () => {
    const { context, write, said } = makeContext();
    const input = write('people.csv', 'Opportunity ID,Entity ID\nO1,S-0000001\n');
    const terminal = { ...context.terminal, env: { OPPSWEEP_RATE: '20' } };
    const args = ['disassociate', input, '--emulator'];
    expect(await runProgram({ ...context, terminal, args })).toBe(0);
    expect(said().err).toMatch(/^From the environment: OPPSWEEP_RATE=20\n[^]*20 writes a second/);
  });
});
