import { InvalidArgumentError } from 'commander';
import { csvLine, parseCondition } from '../../../input/selection/condition.ts';
import { parseEntityType } from '../../../input/values/entity-type.ts';
import { DELIMITERS, type Delimiter } from '../../../input/records/delimiter.ts';
import { cleanValue } from '../../../input/values/clean-value.ts';
import { mayNameSolution } from '../../../input/values/solution-name.ts';
import { ENTITY_TYPES, parseEntityId, type EntityType } from '../../../model/entity.ts';
import { ROW_STATUSES, type RowStatus } from '../../../model/outcome.ts';
import { didYouMean } from '../../../input/values/closest.ts';

/** Readers of option values that speak of rows: what they need of the input's rooms is loaded with those commands alone. */

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

/** One more condition on rows; throws a `RunError` for what is none. */
export function condition(text: string, before: readonly string[] = []): readonly string[] {
  parseCondition(text);
  return [...before, text];
}
