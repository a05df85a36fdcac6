import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RunError } from '../../model/run-error.ts';
import type { RereadableInput, Survey } from '../request/survey-input.ts';
import { partsOf } from './summary-parts.ts';

/** The terms by which a run replaces all that it removes. */
const REPLACING = ['replaceWith', 'replaceMap'] as const;

/** Results of results of results: more of them nobody follows. */
const MOST_RUNS = 20;

/**
 * Refuses rows of results that would be removed with nothing in their place, where the run that wrote these, or one whose results it was
 * given, replaced all that it removed by an option, as the summaries beside them tell: somebody has emptied their replacements.
 *
 * @throws RunError `usage`
 */
export async function assertStillReplaced(
  { name, options }: Pick<RereadableInput, 'name' | 'options'>,
  { table, unreplaced }: Pick<Survey, 'table' | 'unreplaced'>,
): Promise<void> {
  if (table.resultsFile === undefined || unreplaced === 0) return;
  if (options.replaceWith !== undefined || options.replaceMap !== undefined) return;
  const [term, value] = (await replacingTerm(name)) ?? [];
  if (term === undefined || value === undefined) return;
  const rows = unreplaced === 1 ? 'one row of it has' : `${unreplaced} rows of it have`;
  throw new RunError(
    'usage',
    `${name} is of a run that replaced all that it removed, as the summary beside it says, and ${rows} no replacement any more: nothing would take the place of what is removed.`,
    { code: 'replace_as_before', option: term === 'replaceWith' ? 'replace-with' : 'replace-map', value },
  );
}

/** The rows that the run which wrote these results has, as the summary beside them says; `undefined` where none says it. */
export async function rowsWritten(results: string): Promise<number | undefined> {
  const { counts, results: written } = partsOf(await summaryBeside(results));
  const rows: unknown = counts?.rows;
  return written?.name === basename(results) && typeof rows === 'number' ? rows : undefined;
}

async function replacingTerm(
  results: string,
): Promise<readonly [(typeof REPLACING)[number], string] | undefined> {
  let file = results;
  for (let run = 0; run < MOST_RUNS; run += 1) {
    const { terms, input } = partsOf(await summaryBeside(file));
    for (const term of REPLACING) {
      const value: unknown = terms?.[term];
      if (typeof value === 'string') return [term, value];
    }
    if (typeof input?.name !== 'string') return undefined;
    file = join(dirname(file), basename(input.name));
  }
  return undefined;
}

async function summaryBeside(results: string): Promise<string | undefined> {
  try {
    return await readFile(`${results.replace(/\.csv(\.gz)?$/i, '')}.summary.json`, 'utf8');
  } catch {
    return undefined;
  }
}
