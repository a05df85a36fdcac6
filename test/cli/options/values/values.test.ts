import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  maxFailures,
  minutesOrNone,
  quota,
  rate,
  writtenFile,
  seconds,
  wholeNumber,
  wholeNumberOrNone,
} from '../../../../src/cli/options/values/amounts.ts';
import { delimiter, entityType, statuses } from '../../../../src/cli/options/values/of-rows.ts';
import { textWith } from '../../../text-with.ts';

function errorOf(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

describe('an option’s value', () => {
  it.each([
    ['--concurrency 16', wholeNumber, '16', 16],
    ['--reserve 0', wholeNumberOrNone, '0', 0],
    ['--timeout 2.5', seconds, '2.5', 2.5],
    ['--outage-wait 0', minutesOrNone, '0', 0],
    ['--outage-wait 0.5', minutesOrNone, '0.5', 0.5],
    ['--rate 0.5', rate, '0.5', 0.5],
    ['--rate unlimited', rate, 'unlimited', 'unlimited'],
    ['--daily-quota 10000', quota, '10000', 10_000],
    ['--daily-quota unlimited', quota, 'unlimited', 'unlimited'],
    ['--max-failures 0', maxFailures, '0', { kind: 'rows', rows: 0 }],
    ['--max-failures 20', maxFailures, '20', { kind: 'rows', rows: 20 }],
    ['--max-failures 2.5%', maxFailures, '2.5%', { kind: 'percent', percent: 2.5 }],
    ['--entity-type AWSProducts', entityType, 'AWSProducts', 'AwsProducts'],
    ['--delimiter tab', delimiter, 'tab', '\t'],
    [String.raw`--delimiter \t`, delimiter, String.raw`\t`, '\t'],
    ['--delimiter Semicolon', delimiter, 'Semicolon', ';'],
    ['--delimiter |', delimiter, '|', '|'],
    ['--only failed, unknown', statuses, 'failed, unknown', ['failed', 'unknown']],
    ['--output done.csv', writtenFile, 'done.csv', 'done.csv'],
  ])('is read: %s', (_words, read: (text: string) => unknown, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    ['--concurrency', wholeNumber, ['0', '-1', '1.5', '1e3', 'many', '', ' 1', '9'.repeat(16)]],
    ['--reserve', wholeNumberOrNone, ['-1', '1.5', '']],
    ['--timeout', seconds, ['0', '-1', 'x', '', '1s', 'Infinity', '0x10']],
    ['--outage-wait', minutesOrNone, ['-1', 'x', '', '15m']],
    ['--rate', rate, ['0', '-1', 'fast', '', 'Unlimited', 'NaN']],
    ['--daily-quota', quota, ['0', '1.5', '-1', '', 'none']],
    ['--max-failures', maxFailures, ['101%', '-1', '%', 'half', '5 %', '']],
    ['--entity-type', entityType, ['Solution Provider Programme', '']],
    ['--delimiter', delimiter, [':', '', ',,', 'constructor']],
    ['--only', statuses, ['fail', '', 'failed;unknown', 'failed,']],
    ['--output', writtenFile, ['', 'folder/']],
  ])('is refused with what it takes: %s', (_option, read: (text: string) => unknown, texts) => {
    const told = texts.map((text) => errorOf(() => read(text)));
    expect(told).toMatchObject(texts.map(() => ({ message: textWith(/^(It |").+\.$/) })));
    expect(told.every((error) => error instanceof InvalidArgumentError)).toBe(true);
  });

  it('is answered with what was probably meant', () => {
    expect(() => entityType('AwsProduct')).not.toThrow();
    expect(() => entityType('AwsMarketplace')).toThrow(/Did you mean/);
    expect(() => entityType('foo')).toThrow(/there are Solutions, AwsProducts, .*AwsMarketplaceProducts\.$/);
  });
});
