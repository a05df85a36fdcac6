import { cleanValue } from './clean-value.ts';
import { ENTITY_TYPES, type EntityType } from '../../model/entity.ts';
import { ENTITY_TYPE_RULES } from '../../model/entity-types.ts';
import { foldName } from './fold-name.ts';
import { hasPeoplesMark } from './plain-characters.ts';

const TYPE_BY_SPELLING: ReadonlyMap<string, EntityType> = new Map(
  ENTITY_TYPES.flatMap((type) =>
    [type, ...ENTITY_TYPE_RULES[type].spellings].map((spelling) => [foldName(spelling), type]),
  ),
);

/** Not a type: what was probably meant, where anything comes near. */
export interface UnknownEntityType {
  readonly suggestion: EntityType | undefined;
}

/**
 * Reads an entity type in the API's spelling or in people's: `AWSProducts`, `Partner Solution`, `offer`, or the documents'.
 * `AwsMarketplace`, of AWS's own samples, could be any of four and is refused with the likeliest; so is a type with a mark that may say
 * it is not meant, such as `#Solutions` or `Solution?`.
 */
export function parseEntityType(text: string): EntityType | UnknownEntityType {
  const known = READ_BEFORE.get(text);
  if (known !== undefined) return known;
  // As AWS's own documents have it: `Amazon Web Services product`.
  const folded = foldName(text).replace(/^amazonwebservices/, 'aws');
  const spelt = TYPE_BY_SPELLING.get(folded);
  const type = spelt === undefined || hasPeoplesMark(text) ? { suggestion: spelt ?? nearest(folded) } : spelt;
  if (text.length <= LONGEST_KEPT && READ_BEFORE.size < MOST_KEPT) READ_BEFORE.set(text, type);
  return type;
}

/**
 * A column of types says the same few words in every row. A type is the program's own string, never a cell: whatever is looked up by
 * it would else be looked up letter by letter.
 */
const READ_BEFORE = new Map<string, EntityType | UnknownEntityType>(ENTITY_TYPES.map((type) => [type, type]));
const MOST_KEPT = 1000;
const LONGEST_KEPT = 64;

function nearest(folded: string): EntityType | undefined {
  const likeliest = ENTITY_TYPES.find((type) => ENTITY_TYPE_RULES[type].suggestedFor.includes(folded));
  if (likeliest !== undefined) return likeliest;
  let best: EntityType | undefined;
  let bestDistance = 3;
  for (const [spelling, type] of TYPE_BY_SPELLING) {
    const distance = editDistance(folded, spelling, Math.min(bestDistance, spelling.length / 3));
    if (distance < bestDistance && distance <= spelling.length / 3) {
      best = type;
      bestDistance = distance;
    }
  }
  return best;
}

/** Levenshtein's; `Infinity` once the lengths alone are further apart than `limit`. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return Infinity;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const substituted = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? Infinity;
}

/** The type that a cell means; `undefined` where it is none. */
export function typeIn(cell: string): EntityType | undefined {
  const type = parseEntityType(cleanValue(cell));
  return typeof type === 'string' ? type : undefined;
}
