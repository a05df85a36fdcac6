import { InvalidArgumentError, Option } from 'commander';
import { csvLine, parseCondition } from '../../input/selection/condition.ts';
import { parseEntityType } from '../../input/values/entity-type.ts';
import { DELIMITERS, type Delimiter } from '../../input/records/delimiter.ts';
import { cleanValue } from '../../input/values/clean-value.ts';
import { mayNameSolution } from '../../input/values/solution-name.ts';
import { ENTITY_TYPES, parseEntityId, type EntityType } from '../../model/entity.ts';
import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';
import type { MaxFailures } from '../../calls/stop/max-failures.ts';

import { didYouMean } from '../../input/values/closest.ts';

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

export function rate(text: string): number | 'unlimited' {
  return text === 'unlimited'
    ? text
    : positive(text, 'It takes calls a second, such as 1 or 0.5, or "unlimited".');
}

export function quota(text: string): number | 'unlimited' {
  if (text === 'unlimited') return text;
  if (!/^\d{1,15}$/.test(text) || Number(text) < 1) {
    throw new InvalidArgumentError(
      'It takes calls in any 24 hours, a whole number from 1 up, or "unlimited".',
    );
  }
  return Number(text);
}

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

export function entityType(text: string): EntityType {
  const read = parseEntityType(text);
  if (typeof read === 'string') return read;
  const meant = read.suggestion === undefined ? '' : ` Did you mean ${read.suggestion}?`;
  throw new InvalidArgumentError(`It is no entity type: there are ${ENTITY_TYPES.join(', ')}.${meant}`);
}

export function delimiter(text: string): Delimiter {
  const named = { tab: '\t', '\\t': '\t', comma: ',', semicolon: ';', pipe: '|' } as const;
  // A lookup by any text in a record of known names.
  const meant = (named as Record<string, Delimiter | undefined>)[text.toLowerCase()] ?? text;
  const known = DELIMITERS.find((one) => one === meant);
  if (known === undefined) throw new InvalidArgumentError('It takes "," ";" "|" or tab.');
  return known;
}

export function statuses(text: string): readonly RowStatus[] {
  return text.split(',').map((part) => {
    const status = ROW_STATUSES.find((known) => known === part.trim());
    if (status === undefined)
      throw new InvalidArgumentError(
        `"${part}" is no status.${didYouMean(part.trim(), ROW_STATUSES)} There are ${ROW_STATUSES.join(', ')}.`,
      );
    return status;
  });
}

export function identifier(text: string): string {
  const cleaned = cleanValue(text);
  const mayBeMeant = !/\s/.test(cleaned) || mayNameSolution(cleaned);
  if (parseEntityId(cleaned) === undefined || !mayBeMeant) {
    throw new InvalidArgumentError('It takes an identifier, such as S-0000001, or the name of a solution.');
  }
  return cleaned;
}

/** Values of one line of CSV, so that one may hold a comma. */
export function list(text: string): readonly string[] {
  const cells = csvLine(text);
  if (cells === undefined) {
    throw new InvalidArgumentError('It takes values separated by commas, one that holds a comma in quotes.');
  }
  const values = cells.map((value) => value.trim()).filter((value) => value !== '');
  if (values.length === 0) throw new InvalidArgumentError('It takes one value or more, separated by commas.');
  return [...new Set(values)];
}

/** One more value of an option that may be repeated. */
export function oneMore(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** One more condition on rows; throws a `RunError` for what is none. */
export function condition(text: string, before: readonly string[] = []): readonly string[] {
  parseCondition(text);
  return [...before, text];
}

function positive(text: string, takes: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || value <= 0) throw new InvalidArgumentError(takes);
  return value;
}
