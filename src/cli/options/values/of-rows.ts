import { InvalidArgumentError } from 'commander';
import { csvLine, parseCondition } from '../../../input/selection/condition.ts';
import { parseEntityType } from '../../../input/values/entity-type.ts';
import { DELIMITERS, type Delimiter } from '../../../input/records/delimiter.ts';
import { cleanValue } from '../../../input/values/clean-value.ts';
import { mayNameSolution } from '../../../input/values/solution-name.ts';
import { ENTITY_TYPES, parseEntityId, type EntityType } from '../../../model/entity.ts';
import { ROW_STATUSES, type RowStatus } from '../../../model/outcome.ts';
import { didYouMean } from '../../../input/values/closest.ts';
import { reader, type Reader } from './reader.ts';

/** Readers of option values that speak of rows: what they need of the input's rooms is loaded with those commands alone. */

export const entityType: Reader<EntityType> = reader(ENTITY_TYPES, (text) => {
  const read = parseEntityType(text);
  if (typeof read === 'string') return read;
  const meant = read.suggestion === undefined ? '' : ` Did you mean ${read.suggestion}?`;
  throw new InvalidArgumentError(`It is no entity type: there are ${ENTITY_TYPES.join(', ')}.${meant}`);
});

/** A comma and a semicolon mean something to a shell, too. */
const NAMED_DELIMITERS: Readonly<Record<string, Delimiter>> = {
  comma: ',',
  semicolon: ';',
  pipe: '|',
  tab: '\t',
};

export const delimiter: Reader<Delimiter> = reader(Object.keys(NAMED_DELIMITERS), (text) => {
  const meant = NAMED_DELIMITERS[text.toLowerCase()] ?? (text === String.raw`\t` ? '\t' : text);
  const known = DELIMITERS.find((one) => one === meant);
  if (known === undefined) throw new InvalidArgumentError('It takes "," ";" "|" or tab.');
  return known;
});

export const statuses: Reader<readonly RowStatus[]> = reader(ROW_STATUSES, (text) =>
  text.split(',').map((part) => {
    const status = ROW_STATUSES.find((known) => known === part.trim());
    if (status === undefined)
      throw new InvalidArgumentError(
        `"${part}" is no status.${didYouMean(part.trim(), ROW_STATUSES)} There are ${ROW_STATUSES.join(', ')}.`,
      );
    return status;
  }),
);

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

/** The service's own words, in whatever case they are typed: any other would list nothing, or be refused after the first call. */
export function wordsOf(known: readonly string[]): Reader<readonly string[]> {
  return reader(known, (text) =>
    list(text).map((word) => {
      const meant = known.find((one) => one.toLowerCase() === word.toLowerCase());
      if (meant !== undefined) return meant;
      throw new InvalidArgumentError(
        `"${word}" is none of them.${didYouMean(word, known)} There are ${known.join(', ')}.`,
      );
    }),
  );
}

/** One more condition on rows; throws a `RunError` for what is none. */
export function condition(text: string, before: readonly string[] = []): readonly string[] {
  parseCondition(text);
  return [...before, text];
}
