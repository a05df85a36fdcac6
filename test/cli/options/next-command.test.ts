import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { nextCommand } from '../../../src/cli/options/next-command.ts';
import { addRunFlags, type RunFlags } from '../../../src/cli/options/run-flags.ts';

const AGAIN = { program: 'oppsweep', command: 'disassociate', only: ['failed', 'unknown'] } as const;

/** The command that is told after a run with these options. */
function after(...options: readonly string[]): string {
  const command = addRunFlags(new Command()).exitOverride().parse(options, { from: 'user' });
  return nextCommand({ ...AGAIN, input: 'people.results.csv' }, command.opts());
}

const PLAIN = 'oppsweep disassociate people.results.csv --only failed,unknown';

describe('nextCommand', () => {
  it('names the results and the statuses, and no option that stands at its default', () => {
    expect(after()).toBe(PLAIN);
    expect(after('--rate', '1', '--max-attempts', '5', '--max-failures', '50%')).toBe(PLAIN);
  });

  it.each([
    [['--catalog', 'AWS']],
    [['--catalog', 'Sandbox', '--profile', 'partner', '--endpoint-url', 'http://127.0.0.1:8080']],
    [['--emulator']],
    [['--emulator-state', 'held.csv']],
    [['--no-preflight']],
    [['--protect-last']],
    [['--rate', '5', '--read-rate', 'unlimited', '--daily-quota', '20000', '--reserve', '100', '--no-wait']],
    [['--concurrency', '4', '--max-attempts', '9', '--timeout', '2.5']],
    [['--max-failures', '5']],
    [['--max-failures', '90%']],
    [['--defuse-all']],
  ])('repeats what decides where calls go, how fast and with what care: %j', (options) => {
    expect(after(...options)).toBe(`${PLAIN} ${options.join(' ')}`);
  });

  it.each([
    [['-o', 'done.csv']],
    [['--only', 'unknown']],
    [['--limit', '10']],
    [['--restart']],
    [['--yes']],
    [['--use-copy']],
    [['--json', '--quiet', '--no-progress', '--report']],
  ])('leaves out what belonged to the run that ended: %j', (options) => {
    expect(after(...options)).toBe(PLAIN);
  });

  it('keeps the log and the line that hears of events, as the command that goes on does', () => {
    const kept = ['--log-file', 'run.log', '--on-event', 'mail'];
    expect(after(...kept)).toBe(`${PLAIN} ${kept.join(' ')}`);
  });

  it('quotes what a shell would take apart', () => {
    const flags: RunFlags = addRunFlags(new Command()).parse([]).opts();
    const command = nextCommand({ ...AGAIN, command: 'associate', input: "Ann's people.results.csv" }, flags);
    expect(command).toBe(String.raw`oppsweep associate 'Ann'\''s people.results.csv' --only failed,unknown`);
  });

  it('names no statuses where all rows are meant, and the program as it was called', () => {
    const flags: RunFlags = addRunFlags(new Command()).parse([]).opts();
    const job = {
      program: 'npx oppsweep',
      command: 'disassociate',
      input: 'people.plan.csv',
      only: [],
    } as const;
    expect(nextCommand(job, flags)).toBe('npx oppsweep disassociate people.plan.csv');
  });
});
