import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  inheritedWords,
  takeFromEnvironment,
  type Environment,
} from '../../../src/cli/options/environment.ts';
import { addInputFlags } from '../../../src/cli/options/input-flags.ts';
import { sameCommand, withEndpointNamed } from '../../../src/cli/options/same-command.ts';
import { addRunFlags, type RunFlags } from '../../../src/cli/options/run-flags.ts';
import { makeContext } from '../fake-context.ts';

function given(
  env: Environment,
  ...args: readonly string[]
): { flags: RunFlags; inForce: readonly string[] } {
  const command = addInputFlags(addRunFlags(new Command())).parse(args, { from: 'user' });
  const inForce = takeFromEnvironment(command, env);
  return { flags: command.opts(), inForce };
}

describe('options from the environment', () => {
  it('say how work is done, and are named', () => {
    const { flags, inForce } = given({
      OPPSWEEP_DAILY_QUOTA: '5000',
      OPPSWEEP_RATE: '0.5',
      OPPSWEEP_CATALOG: 'Sandbox',
      OPPSWEEP_OUTAGE_WAIT: '0.5',
      OPPSWEEP_NO_WAIT: '1',
      OPPSWEEP_QUIET: 'yes',
      OPPSWEEP_NO_PROGRESS: '0',
      OPPSWEEP_TIMEOUT: '',
      HOME: '/home/ann',
    });
    expect(flags).toMatchObject({
      dailyQuota: 5_000,
      rate: 0.5,
      catalog: 'Sandbox',
      outageWait: 0.5,
      wait: false,
      quiet: true,
      progress: true,
      timeout: 30,
    });
    expect(inForce).toEqual([
      'OPPSWEEP_DAILY_QUOTA=5000',
      'OPPSWEEP_RATE=0.5',
      'OPPSWEEP_CATALOG=Sandbox',
      'OPPSWEEP_OUTAGE_WAIT=0.5',
      'OPPSWEEP_NO_WAIT=1',
      'OPPSWEEP_QUIET=yes',
      'OPPSWEEP_NO_PROGRESS=0',
    ]);
  });

  it('give way to the command line', () => {
    const env = { OPPSWEEP_RATE: '9', OPPSWEEP_NO_WAIT: '0', OPPSWEEP_CATALOG: 'AWS' };
    const { flags, inForce } = given(env, '--rate', '1', '--no-wait', '--catalog', 'Sandbox');
    expect(flags).toMatchObject({ rate: 1, wait: false, catalog: 'Sandbox' });
    expect(inForce).toEqual([]);
  });

  it.each([
    'OPPSWEEP_YES',
    'OPPSWEEP_ONLY',
    'OPPSWEEP_LIMIT',
    'OPPSWEEP_REPLACE_COLUMN',
    'OPPSWEEP_RESTART',
    'OPPSWEEP_EMULATOR',
    'OPPSWEEP_SPLIT',
    'OPPSWEEP_OUTPUT',
  ])('can not say what is done: %s', (variable) => {
    expect(() => given({ [variable]: '1' })).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringMatching(new RegExp(`^${variable} is set, and --`)) as string,
      }),
    );
  });

  it('show no value that may hold a password', () => {
    const url = 'http://ann:hunter2@127.0.0.1';
    expect(given({ OPPSWEEP_ENDPOINT_URL: url }).inForce).toEqual(['OPPSWEEP_ENDPOINT_URL']);
  });

  it('are refused where their value is none', () => {
    expect(() => given({ OPPSWEEP_RATE: 'abc' })).toThrow(
      'OPPSWEEP_RATE is "abc", which --rate does not take. It takes calls a second, such as 1 or 0.5, or "unlimited".',
    );
    expect(() => given({ OPPSWEEP_NO_WAIT: 'perhaps' })).toThrow('It takes 1 or 0.');
  });

  it('are not lost over a slip in the name', () => {
    expect(() => given({ OPPSWEEP_DAYLY_QUOTA: '5' })).toThrow('Did you mean OPPSWEEP_DAILY_QUOTA?');
  });

  it('leave alone what is another command’s, another program’s, or for finding faults', () => {
    const env = { OPPSWEEP_STORE_TIMEOUT: '5', OPPSWEEP_DEBUG: '1', OPPSWEEP_TEAM: 'sales' };
    expect(takeFromEnvironment(addInputFlags(new Command()), env)).toEqual([]);
  });
});

describe('the command that goes on elsewhere', () => {
  it('names what variables gave, and not what may hold a secret', () => {
    const env = {
      OPPSWEEP_PROFILE: 'clean up',
      OPPSWEEP_CATALOG: 'Sandbox',
      OPPSWEEP_NO_WAIT: '1',
      OPPSWEEP_QUIET: '0',
      OPPSWEEP_RATE: '2',
      OPPSWEEP_ENDPOINT_URL: 'https://ann:hunter2@example.com',
    };
    const args = ['--rate', '1'];
    const command = addInputFlags(addRunFlags(new Command())).parse(args, { from: 'user' });
    takeFromEnvironment(command, env);
    const inherited = inheritedWords(command, env);
    expect(inherited).toBe(
      `--catalog Sandbox --profile 'clean up' --endpoint-url "$OPPSWEEP_ENDPOINT_URL" --no-wait`,
    );
    const context = { program: 'oppsweep', args: ['disassociate', 'a b.csv', '--restart'] };
    expect(sameCommand({ ...context, inherited: () => inherited })).toBe(
      `oppsweep disassociate ${inherited} 'a b.csv'`,
    );
    expect(sameCommand(context)).toBe("oppsweep disassociate 'a b.csv'");
  });

  it('names the endpoint where AWS’s own variables gave it, but for a URL that may hold a secret', () => {
    const called = {
      ...makeContext().context,
      args: ['disassociate', 'a.csv'],
      inherited: () => '--no-wait',
    };
    const goOn = (endpoint: string, url: string, endpointUrl?: string): string =>
      sameCommand(
        withEndpointNamed(called, { endpoint, url }, { ...(endpointUrl !== undefined && { endpointUrl }) }),
      );
    const [own, named] = ['oppsweep disassociate --no-wait a.csv', 'http://127.0.0.1:18431'];
    expect(goOn(named, `${named}/`)).toBe(`oppsweep disassociate --no-wait a.csv --endpoint-url ${named}`);
    expect(goOn(named, `${named}/`, named)).toBe(own);
    expect(goOn(named, 'http://ann:hunter2@127.0.0.1:18431/')).toBe(own);
    expect(goOn('emulator', 'emulator')).toBe(own);
    const aws = 'https://partnercentral-selling.us-east-1.api.aws';
    expect(goOn(aws, `${aws}/`)).toBe(own);
  });
});
