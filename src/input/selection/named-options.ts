import type { ListedSolution } from '../../model/call.ts';
import { RunError } from '../../model/run-error.ts';
import type { InputOptions, ReplaceMap } from '../columns/input-options.ts';
import { fitsType } from '../values/identifier-shape.ts';
import { isSolutionName, mayNameSolution } from '../values/solution-name.ts';
import { replacementPairs } from './replacement-pairs.ts';
import { SolutionNames } from './solution-names.ts';

/** Whether a map of replacements holds what can only be the name of a solution. */
export function hasNames({ pairs }: ReplaceMap): boolean {
  return pairs.some((pair) => pair.some(isSolutionName));
}

/**
 * The same map with identifiers in the place of names. A pair of words that may both be codes of products stays as it is.
 *
 * @throws RunError `usage` for a name that no solution has, or two; as `replacementPairs` does for what is then a chain
 */
export function identified(map: ReplaceMap, solutions: readonly ListedSolution[]): ReplaceMap {
  const names = new SolutionNames(solutions);
  const pairs = map.pairs.map((pair) => {
    const ofProducts = pair.every((side) => fitsType(side, 'AwsProducts'));
    const idOf = (side: string): string => (ofProducts ? side : knownId(side, map.name, names));
    return [idOf(pair[0]), idOf(pair[1])] as const;
  });
  const placed = pairs.map((pair, index) => ({ pair, place: `pair ${index + 1}` }));
  return { ...map, pairs: replacementPairs(map.name, placed) };
}

/** Throws a `RunError` of code `usage` where what is to replace every row's is a name that no solution has, or two. */
export function assertNamed({ replaceWith }: InputOptions, solutions: readonly ListedSolution[]): void {
  if (replaceWith !== undefined)
    knownId(replaceWith, 'The option replace-with', new SolutionNames(solutions));
}

/**
 * The identifiers that are selected. A word that may be a product's code is a name only where the table holds names.
 *
 * @throws RunError `usage` for a name that two solutions have
 */
export function selectedIds(
  entities: readonly string[],
  solutions: readonly ListedSolution[] | undefined,
  inNames: boolean,
): readonly string[] {
  if (solutions === undefined) return entities;
  const names = new SolutionNames(solutions);
  return entities.map((value) => {
    if (!(inNames ? mayNameSolution(value) : isSolutionName(value))) return value;
    const named = names.lookUp(value, 'entity');
    if (named.kind === 'found') return named.solution.id;
    if (named.problem.kind === 'solution_name_ambiguous')
      throw notKnown('The option entities', named.problem.message);
    // No row has it, which is told with what there is.
    return value;
  });
}

function knownId(value: string, where: string, names: SolutionNames): string {
  if (!mayNameSolution(value)) return value;
  const named = names.lookUp(value, 'entity');
  if (named.kind === 'found') return named.solution.id;
  const { kind, message, suggestion } = named.problem;
  if (kind !== 'solution_name_ambiguous' && !isSolutionName(value)) return value;
  throw notKnown(where, suggestion === undefined ? message : `${message} Did you mean ${suggestion}?`);
}

function notKnown(where: string, message: string): RunError {
  return new RunError('usage', `${where}: ${message}`, { code: 'name_a_solution' });
}
