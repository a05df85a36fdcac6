import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addExportFlags, type ExportFlags } from '../../../src/cli/options/export-flags.ts';

function parse(...args: readonly string[]): ExportFlags {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  return addExportFlags(command).parse(args, { from: 'user' }).opts();
}

describe('the options of export', () => {
  it.each([
    [['--entities', 'S-1, S-2,S-1'], { entities: ['S-1', 'S-2'] }],
    [['--customer', '"Acme, Inc",Birch'], { customer: ['Acme, Inc', 'Birch'] }],
    [['--types', 'solution,AWS product'], { types: ['Solutions', 'AwsProducts'] }],
    [['--modified-after', '2026-01-31'], { modifiedAfter: '2026-01-31T00:00:00Z' }],
    [['--created-after', '2026-01-31T12:00:00+02:00'], { createdAfter: '2026-01-31T10:00:00Z' }],
    [['--stage', 'technical validation'], { stage: ['Technical Validation'] }],
    [['--review-status', 'In Review,approved'], { reviewStatus: ['In review', 'Approved'] }],
    [['--daily-read-quota', 'unlimited'], { dailyReadQuota: 'unlimited' }],
  ])('read %j', (args, expected) => {
    expect(parse(...args)).toMatchObject(expected);
  });

  it.each([
    ['--entities', ''],
    ['--customer', '"Acme'],
    ['--types', 'gadgets'],
    ['--modified-after', '31.1.2026'],
    ['--modified-after', '2026-02-31'],
    ['--created-after', '2026-01-31T12:00:00+99:00'],
    ['--stage', 'Lost'],
    ['--daily-read-quota', '0'],
    ['--modified-after', '2026-02-31T25:00:00Z'],
    ['--read-rate', '0'],
  ])('refuse %s %s', (option, value) => {
    expect(() => parse(option, value)).toThrow(/invalid|argument/i);
  });

  it.each([
    ['--stage', 'Lanched', 'Did you mean Launched?'],
    ['--review-status', 'Aproved', 'Did you mean Approved?'],
    ['--types', 'Solution', ''],
    ['--types', 'AwsProduct5', 'Did you mean AwsProducts?'],
    ['--entities', 's-0000001', 'Did you mean S-0000001?'],
  ])('say of %s %s what was meant: %s', (option, value, meant) => {
    const said = (): string => {
      try {
        parse(option, value);
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(said()).toContain(meant);
  });
});
