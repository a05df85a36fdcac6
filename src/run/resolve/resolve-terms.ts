import type { ListedSolution } from '../../model/call.ts';
import { openInput } from '../../input/open-input.ts';
import type { ReplaceMap } from '../../input/columns/input-options.ts';
import { assertNamed, hasNames, identified } from '../../input/selection/named-options.ts';
import { isSolutionName, mayNameSolution } from '../../input/values/solution-name.ts';
import { RunError } from '../../model/run-error.ts';
import type { ResolvedTerms } from '../../store/journal-line.ts';
import { MARKETPLACE, pairsIn } from '../request/offline-pairs.ts';
import type { RunRequest } from '../request/run-request.ts';
import { surveyInput, type RereadableInput } from '../request/survey-input.ts';

/**
 * Resolves what a run's terms only name: a file of pairs, the pairing that the service tells, or the solutions that a column of
 * names means. `undefined` where there is nothing of the kind. The service is asked only once the input is known to be good.
 */
export async function resolveTerms(
  { replaceMap }: Pick<RunRequest, 'replaceMap'>,
  input: RereadableInput,
  ask: () => Promise<readonly ListedSolution[]>,
): Promise<ResolvedTerms | undefined> {
  const isPaired = replaceMap === MARKETPLACE;
  const pairs = await pairsOf(replaceMap);
  const isNamed = await namesSolutions(input);
  const isMapNamed = pairs !== undefined && hasNames(pairs);
  if ((isPaired || isMapNamed) && !isNamed) await surveyInput(input);
  const solutions = isPaired || isMapNamed || isNamed ? await ask() : [];
  if (isNamed) assertNamed(input.options, solutions);
  const told = pairs !== undefined && isMapNamed ? identified(pairs, solutions) : pairs;
  const map = isPaired ? pairing(solutions) : told;
  if (map === undefined && !isNamed) return undefined;
  return { ...(map !== undefined && { replaceMap: map }), ...(isNamed && { solutions }) };
}

async function pairsOf(map: RunRequest['replaceMap']): Promise<ReplaceMap | undefined> {
  if (typeof map !== 'string') return map;
  return map === MARKETPLACE ? undefined : pairsIn(map);
}

/** A selection of identifiers can't be held against names that nobody has looked up. */
function withoutSelection({ options, ...input }: RereadableInput): RereadableInput {
  return { ...input, options: { ...options, entities: undefined } };
}

/** Whether a row or an option names its entity, or a row of results may do so where its cell is read beside what was sent. */
async function namesSolutions(input: RereadableInput): Promise<boolean> {
  const { name, read, options } = input;
  const opened = await openInput({ name, bytes: read() }, options);
  await opened.close();
  const { entities, replacements } = opened.table.names;
  const areSelected = options.entities?.some(isSolutionName) === true;
  if (!entities && !replacements && !areSelected && !mayNameSolution(options.replaceWith ?? '')) return false;
  if (opened.table.resultsFile !== undefined) return true;
  const { tally } = await surveyInput(withoutSelection(input));
  return areSelected || tally.notLookedUp > 0;
}

/** Of each old solution that has one: its Marketplace solution. */
function pairing(solutions: readonly ListedSolution[]): NonNullable<ResolvedTerms['replaceMap']> {
  const pairs = solutions.flatMap(({ id, marketplaceArn }) =>
    marketplaceArn === undefined ? [] : [[id, marketplaceArn] as const],
  );
  if (pairs.length === 0) {
    throw new RunError(
      'usage',
      `None of the ${solutions.length} solutions that ListSolutions tells has a Marketplace solution to take its place.`,
      { code: 'pair_solutions' },
    );
  }
  return { name: 'the pairing that ListSolutions tells', pairs };
}
