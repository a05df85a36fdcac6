import type { Association, EntityId, RelatedEntity } from './entity.ts';
import type { EarlierResult, SkipReason } from './outcome.ts';
import type { Problem } from './problem.ts';

/** A valid row's request. */
export interface Target extends Association {
  /** Attached before `entity` is removed. */
  readonly replacement?: RelatedEntity;
}

/** The row's values after cleaning, as far as they could be read; empty where they could not. */
export interface CleanedValues {
  readonly opportunityId: string;
  readonly entityType: string;
  readonly entityId: string;
  readonly replacementId: string;
}

/** An earlier row that can't be done beside a row: it gives the same association another end, or the two make a chain. */
export type Contradiction =
  | { readonly kind: 'other_end'; readonly row: number }
  // The row that attaches an entity as a replacement, and the one that removes it.
  | {
      readonly kind: 'chain';
      readonly id: EntityId;
      readonly attachedIn: number;
      readonly removedIn: number;
    };

/** A row's place in the file, and its cells. */
export interface RowPlace {
  /** Position among the rows read, from 0, no gaps: what the journal keys on. */
  readonly ordinal: number;
  /** The row number a spreadsheet shows; the header is row 1. */
  readonly row: number;
  /** The user's cells, as they were. */
  readonly cells: readonly string[];
  /** Where the input is itself a results file: what that run said of the row. */
  readonly earlier?: EarlierResult;
  /** What it names was to be replaced: nothing is sent for it without a replacement. */
  readonly wantsReplacement?: true;
  /** Where the input is itself a results file: what its own cells say otherwise than what is sent, a sentence each. */
  readonly overruled?: readonly string[];
}

/** A row that can be sent. */
export type ValidRow = Extract<InputRow, { readonly kind: 'valid' }>;

/** A row of the input after reading, cleaning and validating. */
export type InputRow =
  | (RowPlace & {
      readonly kind: 'valid';
      readonly target: Target;
      readonly contradicts?: Contradiction;
    })
  | (RowPlace & { readonly kind: 'duplicate'; readonly target: Target; readonly firstRow: number })
  // Left out as an option asks, whatever is right or wrong with it.
  | (RowPlace & { readonly kind: 'skipped'; readonly cleaned: CleanedValues; readonly why: SkipReason })
  | (RowPlace & {
      readonly kind: 'invalid';
      readonly cleaned: CleanedValues;
      readonly problems: readonly [Problem, ...Problem[]];
    });

/** A row's values as they are told: those of its target, or as they were read. */
export function valuesOf(row: InputRow): CleanedValues {
  return row.kind === 'invalid' || row.kind === 'skipped' ? row.cleaned : cleanedOf(row.target);
}

export function cleanedOf({ opportunityId, entity, replacement }: Target): CleanedValues {
  return {
    opportunityId,
    entityType: entity.type,
    entityId: entity.id,
    replacementId: replacement?.id ?? '',
  };
}

/** A row's wish in one line, by which journal and input are compared. */
export function rowKey({ opportunityId, entity, replacement }: Target): string {
  const own = `${opportunityId} ${entity.type} ${entity.id}`;
  return replacement === undefined ? own : `${own}${REPLACED_BY}${replacement.type} ${replacement.id}`;
}

const REPLACED_BY = ' -> ';

/** Whether the row of such a line is done by two writes. */
export function namesReplacement(key: string): boolean {
  return key.includes(REPLACED_BY);
}

/** The associations of such a line, by what an ARN and its last segment have alike. */
export function associationsIn(key: string): readonly string[] {
  const [own = '', replacement] = key.split(REPLACED_BY);
  const [opportunity = '', , id = ''] = own.split(' ');
  return associationsOf(opportunity, [
    id,
    ...(replacement === undefined ? [] : [replacement.split(' ')[1] ?? '']),
  ]);
}

/** The same, of identifiers of one opportunity; empty ones are none. */
export function associationsOf(opportunity: string, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => id !== '').map((id) => `${opportunity} ${id.split('/').at(-1) ?? ''}`);
}
