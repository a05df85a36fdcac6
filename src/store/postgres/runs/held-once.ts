import { ofNewest } from '../../fleet/of-newest.ts';
import type { ResolvedTerms } from '../../journal-line.ts';

const oneMap = ofNewest((text) => JSON.parse(text) as NonNullable<ResolvedTerms['replaceMap']>); // as it was kept

/** The runs of a fleet have one map of replacements, perhaps of ten thousand pairs: a process that goes on with hundreds holds it once. */
export function heldOnce(terms: ResolvedTerms): ResolvedTerms {
  const { replaceMap } = terms;
  return replaceMap === undefined ? terms : { ...terms, replaceMap: oneMap(JSON.stringify(replaceMap)) };
}
