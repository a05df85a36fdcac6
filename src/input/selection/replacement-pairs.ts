import { sameEntityId } from '../../model/entity.ts';
import { RunError } from '../../model/run-error.ts';
import { showValue } from '../values/show-value.ts';
import { EntityMap } from './entity-map.ts';

/** An identifier, and the one that takes its place. */
export type ReplacementPair = readonly [old: string, replacement: string];

/** Pairs that stand in some order, each in a place that people find it by, such as `row 5`. */
export interface PlacedPair {
  readonly pair: ReplacementPair;
  readonly place: string;
}

/**
 * The pairs of a map, each once. What is replaced must not be what replaces another: which of the two comes first would decide
 * what is left in the end.
 *
 * @throws RunError `input_format` for two answers to one question, for chains and for circles
 */
export function replacementPairs(name: string, placed: readonly PlacedPair[]): readonly ReplacementPair[] {
  const known = new EntityMap<PlacedPair>();
  const pairs: ReplacementPair[] = [];
  for (const one of placed) {
    const [old, replacement] = one.pair;
    const before = known.find(old)?.[1];
    if (before === undefined) {
      known.put(old, one);
      pairs.push(one.pair);
    } else if (before.pair[1] !== replacement) throw twoAnswers(name, before, one);
  }
  for (const [old] of pairs) assertNoChain(name, old, known);
  return pairs;
}

/** Pairs that are found by what they name. */
export interface PairIndex {
  /** By the old ones: what takes their place. */
  readonly olds: EntityMap<string>;
  readonly news: EntityMap<true>;
}

const indexes = new WeakMap<readonly ReplacementPair[], PairIndex>();

/** Made once of the same pairs: a run reads its input twice, and the runs of a fleet have one map. */
export function indexOf(pairs: readonly ReplacementPair[]): PairIndex {
  const known = indexes.get(pairs);
  if (known !== undefined) return known;
  const index: PairIndex = { olds: new EntityMap<string>(), news: new EntityMap<true>() };
  for (const [old, replacement] of pairs) {
    index.olds.put(old, replacement);
    index.news.put(replacement, true);
  }
  indexes.set(pairs, index);
  return index;
}

function assertNoChain(name: string, old: string, known: EntityMap<PlacedPair>): void {
  const chain = [old];
  for (let next = known.find(old); next !== undefined; next = known.find(chain.at(-1) ?? '')) {
    const [, { pair }] = next;
    const isCircle = chain.some((id) => sameEntityId(id, pair[1]));
    chain.push(pair[1]);
    if (isCircle) throw chained(name, chain, 'comes back to where it began');
  }
  if (chain.length > 2) throw chained(name, chain, 'goes on from what it has put in the place of another');
}

function chained(name: string, chain: readonly string[], what: string): RunError {
  const shown = chain.length > MOST_SHOWN ? [...chain.slice(0, MOST_SHOWN), '…'] : chain;
  return new RunError('input_format', `${name} ${what}: ${shown.join(' → ')}.`, { code: 'map_straight' });
}

const MOST_SHOWN = 8;

function twoAnswers(name: string, first: PlacedPair, second: PlacedPair): RunError {
  const of = ({ pair, place }: PlacedPair): string => `${showValue(pair[1])} (${place})`;
  return new RunError(
    'input_format',
    `${name} replaces ${showValue(first.pair[0])} by ${of(first)} and by ${of(second)}.`,
    { code: 'mend_map' },
  );
}
