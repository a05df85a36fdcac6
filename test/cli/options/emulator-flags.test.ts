import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addEmulatorFlags, type EmulatorFlags } from '../../../src/cli/options/emulator-flags.ts';
import { EMULATOR_HELP } from '../../../src/cli/words/emulator-help.ts';
import { FAULT_KINDS } from '../../../src/emulator/faults/fault-kinds.ts';

function command(): Command {
  const made = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addEmulatorFlags(made);
  return made;
}

function parse(...args: readonly string[]): EmulatorFlags {
  return command().parse(args, { from: 'user' }).opts();
}

describe('the options of emulator', () => {
  it('are those of the service where they are left out', () => {
    expect(parse()).toEqual({
      port: 0,
      rate: 1,
      readRate: 10,
      dailyQuota: 10_000,
      dailyReadQuota: 100_000,
      latency: { meanMs: 0, jitterMs: 0 },
      readLag: 0,
      absent: 'not-found',
      statusCodes: '400',
      lockReview: ['Submitted', 'In review'],
      randomSeed: 1,
    });
  });

  it.each([
    [['--latency', '80±40'], { latency: { meanMs: 80, jitterMs: 40 } }],
    [['--latency', '80+-40'], { latency: { meanMs: 80, jitterMs: 40 } }],
    [['--read-lag', '2.5'], { readLag: 2.5 }],
    [['--read-lag', '0'], { readLag: 0 }],
    [['--lock-review', 'in review, Rejected'], { lockReview: ['In review', 'Rejected'] }],
    [['--lock-review', ''], { lockReview: [] }],
    [['--rate', 'unlimited'], { rate: 'unlimited' }],
  ])('read %j', (args, expected) => {
    expect(parse(...args)).toMatchObject(expected);
  });

  it.each([
    ['--latency', '40±80'],
    ['--latency', 'fast'],
    ['--read-lag', ''],
    ['--read-lag', '-1'],
    ['--lock-review', 'Submited'],
    ['--port', '70000'],
    ['--absent', 'perhaps'],
  ])('refuse %s %s', (option, value) => {
    expect(() => parse(option, value)).toThrow(/invalid|argument/i);
  });

  it('are all told by the help, with each kind of fault', () => {
    const help = command().helpInformation() + EMULATOR_HELP;
    const words =
      '--port --seed --solutions --rate --read-rate --daily-quota --daily-read-quota --latency --read-lag --absent ' +
      '--status-codes --lock-review --keep-last-solution --fault --random-seed /_emulator/script AwsMarketplaceSolutionArn';
    expect(words.split(' ').filter((word) => !help.includes(word))).toEqual([]);
    const kinds = Object.keys(FAULT_KINDS);
    expect(kinds.filter((kind) => !help.includes(`\n  ${kind} `))).toEqual([]);
  });
});
