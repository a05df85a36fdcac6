import { fileSource } from '../../input/bytes/read-file.ts';
import type { ReplaceMap } from '../../input/columns/input-options.ts';
import { readPairs } from '../../input/open-pairs.ts';
import { hasNames } from '../../input/selection/named-options.ts';
import { RunError } from '../../model/run-error.ts';

/** In the place of a file's name: the map that the service itself knows. */
export const MARKETPLACE = 'marketplace';

/** A map of replacements as it is asked for: a file of pairs, `marketplace`, or what was read of a file before. */
export type AskedMap = string | ReplaceMap;

/** As a run's terms keep it. */
export function nameOfMap(asked: AskedMap): string {
  return typeof asked === 'string' ? asked : asked.name;
}

/** The same for those who have no file later: a file is read now. */
export async function readMap(asked: string): Promise<AskedMap> {
  return asked === MARKETPLACE ? asked : pairsIn(asked);
}

/** A file of pairs. */
export async function pairsIn(path: string): Promise<ReplaceMap> {
  return readPairs(fileSource(path));
}

/** The same where no service is asked; throws a `RunError` of code `usage` where one would have to be. */
export async function offlinePairs(replaceMap: string): Promise<ReplaceMap> {
  if (replaceMap !== MARKETPLACE) return withoutNames(await pairsIn(replaceMap));
  throw new RunError('usage', 'Which Marketplace solution is whose is known to the service alone.', {
    code: 'plan_instead',
  });
}

function withoutNames(map: ReplaceMap): ReplaceMap {
  if (!hasNames(map)) return map;
  throw new RunError(
    'usage',
    `${map.name} has names of solutions, and which solution is called so is known to the service alone.`,
    { code: 'plan_instead' },
  );
}

/** Options by which rows are given replacements. */
export interface ReplacementOptions {
  readonly replaceColumn?: string | undefined;
  readonly replaceWith?: string | undefined;
  readonly replaceMap?: string | undefined;
}

/** Throws a `RunError` of code `usage` where more than one of the options gives replacements. */
export function assertOneReplacement({ replaceColumn, replaceWith, replaceMap }: ReplacementOptions): void {
  const given = Object.entries({
    'replace-column': replaceColumn,
    'replace-with': replaceWith,
    'replace-map': replaceMap,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const [first, second] = given;
  if (first === undefined || second === undefined) return;
  throw new RunError(
    'usage',
    `The option ${first} is given, and the option ${second}, too: both say what takes a place.`,
    { code: 'one_replacement' },
  );
}
