import type { ListedSolution } from '../../model/call.ts';
import { RunError } from '../../model/run-error.ts';
import type { ResolvedTerms } from '../../store/journal-line.ts';
import { MARKETPLACE, pairsIn } from '../request/offline-pairs.ts';
import type { RunRequest } from '../request/run-request.ts';
import { surveyInput, type RereadableInput } from '../request/survey-input.ts';

/**
 * Resolves what a run's terms only name: a file of pairs, or the pairing that the service tells. `undefined` where there is
 * nothing of the kind. The service is asked only once the input is known to be good.
 */
export async function resolveTerms(
  { replaceMap }: Pick<RunRequest, 'replaceMap'>,
  input: RereadableInput,
  solutions: () => Promise<readonly ListedSolution[]>,
): Promise<ResolvedTerms | undefined> {
  if (replaceMap === undefined) return undefined;
  if (replaceMap !== MARKETPLACE) {
    return { replaceMap: await pairsIn(replaceMap) };
  }
  await surveyInput(input);
  return { replaceMap: pairing(await solutions()) };
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
