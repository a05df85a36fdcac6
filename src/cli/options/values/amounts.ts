import { InvalidArgumentError, Option } from 'commander';
import type { MaxFailures } from '../../../calls/stop/max-failures.ts';
import { reader, type Reader } from './reader.ts';

/** Readers of option values: each gives the value, or says what the option takes. */

export function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text) || Number(text) < 1)
    throw new InvalidArgumentError('It takes a whole number from 1 up.');
  return Number(text);
}

export function wholeNumberOrNone(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It takes a whole number from 0 up.');
  return Number(text);
}

/** A file that is to be written. */
export function writtenFile(text: string): string {
  if (/^-?$|[/\\]$/.test(text)) throw new InvalidArgumentError('It takes the name of a file.');
  if (/\.(xls\w?|ods)$/i.test(text))
    throw new InvalidArgumentError('What is written is CSV: give it that name.');
  if (/\.gz$/i.test(text)) throw new InvalidArgumentError('What is written is not packed: leave .gz out.');
  return text;
}

export function seconds(text: string): number {
  return positive(text, 'It takes seconds, such as 30 or 2.5.');
}

export function secondsOrNone(text: string): number {
  return text === '0' ? 0 : seconds(text);
}

export function minutes(text: string): number {
  return positive(text, 'It takes minutes, such as 10 or 0.5.');
}

export function minutesOrNone(text: string): number {
  return text === '0' ? 0 : positive(text, 'It takes minutes, such as 15 or 0.5, or 0 for no wait.');
}

export function hours(text: string): number {
  return positive(text, 'It takes hours, such as 12 or 0.5.');
}

export const rate: Reader<number | 'unlimited'> = unlimitedOr((text) =>
  positive(text, 'It takes calls a second, such as 1 or 0.5, or "unlimited".'),
);

export const quota: Reader<number | 'unlimited'> = unlimitedOr((text) => {
  if (!/^\d{1,15}$/.test(text) || Number(text) < 1) {
    throw new InvalidArgumentError(
      'It takes calls in any 24 hours, a whole number from 1 up, or "unlimited".',
    );
  }
  return Number(text);
});

export const rowLimit: Reader<number | 'unlimited'> = unlimitedOr(wholeNumber);

/** Its default hangs on the read rate. */
export function dailyReadQuota(): Option {
  return new Option(
    '--daily-read-quota <n>',
    'reads in any 24 hours, or "unlimited" (default: 100000; none where --read-rate is unlimited)',
  ).argParser(quota);
}

export function maxFailures(text: string): MaxFailures {
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { kind: 'percent', percent: Number(percent) };
  if (/^\d{1,15}$/.test(text)) return { kind: 'rows', rows: Number(text) };
  throw new InvalidArgumentError('It takes a number of rows, such as 20, or a share, such as 5%.');
}

/** One more value of an option that may be repeated. */
export function oneMore(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function unlimitedOr(read: (text: string) => number): Reader<number | 'unlimited'> {
  return reader(['unlimited'], (text) => (text === 'unlimited' ? text : read(text)));
}

function positive(text: string, takes: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0) throw new InvalidArgumentError(takes);
  return value;
}
