import { readFile } from 'node:fs/promises';
import type { ExportSummary } from '../export/export-summary.ts';
import { exportPlaces } from '../export/folder/export-places.ts';
import { isFlattened } from '../input/columns/named-column.ts';
import type { FoundColumns } from '../input/columns/found-columns.ts';
import { isSelective } from '../input/selection/selection.ts';
import { cleanValue } from '../input/values/clean-value.ts';
import { showValue } from '../input/values/show-value.ts';
import { WRITES } from '../model/call.ts';
import { RunError } from '../model/run-error.ts';
import { OPERATIONS } from '../model/operation.ts';
import { CHANGE_COLUMNS, isExportHeader } from '../model/result-columns.ts';
import type { InputIdentity } from '../store/input-bytes.ts';
import { operationFrom } from './request/input-terms.ts';
import type { RunRequest } from './request/run-request.ts';
import type { RereadableInput, Survey } from './request/survey-input.ts';

/** What is asked for, as far as it tells whether everything is meant. */
type Meant = Pick<RunRequest, 'command' | 'terms' | 'allLines'>;

/**
 * Refuses to remove everything that the opportunities of an export hold, unless that is said: an export that was made of all
 * names what is to stay, too. One of some entities or types is known by the summary beside it, as long as both belong together.
 * A flattened list, as AWS's sample exports have it, names all likewise, unless its columns were chosen one by one. A plan is
 * refused as its run would be, so that whoever carries it out has said what is meant.
 */
export async function assertMeansAll(
  { command, terms, allLines }: Meant,
  { name, options }: RereadableInput,
  { table, header }: Pick<Survey, 'table' | 'header'>,
  { sha256 }: Pick<InputIdentity, 'sha256'>,
): Promise<void> {
  // Whoever planned or ran these lines has said that they are meant.
  if (table.resultsFile !== undefined) return;
  if (allLines === true || isSelective(options)) return;
  // What an undo takes back was changed before.
  if (command === 'undo' || WRITES[OPERATIONS[operationFrom(terms)].write].leaves === 'present') return;
  if (isFlattenedList(table.columns)) throw listsAll(name, table.columns);
  const names = header.map(cleanValue);
  if (CHANGE_COLUMNS.every((column) => names.includes(column))) throw listsChanges(name);
  if (!isExportHeader(names)) return;
  const holds = await heldBy(name, sha256);
  if (holds === 'some') return;
  const ofAll =
    holds === 'all'
      ? ' of all that its opportunities hold'
      : ', and nothing beside it shows that it is still one of some entities or types: it may name all that its opportunities hold';
  throw new RunError('usage', `${name} is an export${ofAll}, and every line would be removed.`, {
    code: 'say_what_is_meant',
  });
}

function isFlattenedList({ entity }: FoundColumns): boolean {
  return entity.found !== 'option' && isFlattened(entity.name);
}

function listsAll(name: string, { entity, furtherEntities = [] }: FoundColumns): RunError {
  const others = furtherEntities.length;
  const more = others === 0 ? '' : ` and ${others} ${others === 1 ? 'column' : 'columns'} beside it`;
  return new RunError(
    'usage',
    `${name} lists all that its opportunities hold (${showValue(entity.name)}${more}), and every identifier would be removed.`,
    { code: 'say_which_identifiers' },
  );
}

function listsChanges(name: string): RunError {
  return new RunError(
    'usage',
    `${name} tells what was added and what was removed between two exports, and every line would be removed.`,
    { code: 'say_which_changes' },
  );
}

/** As the export's summary tells it; nobody knows it of a file that was changed since. */
async function heldBy(name: string, sha256: string): Promise<'all' | 'some' | 'unknown'> {
  try {
    const text = await readFile(exportPlaces(name).summary, 'utf8');
    // Whatever stands there is only compared.
    const { command, results, selection } = JSON.parse(text) as Partial<ExportSummary>;
    if (command !== 'export' || results?.sha256 !== sha256) return 'unknown';
    return [...(selection?.entities ?? []), ...(selection?.types ?? [])].length > 0 ? 'some' : 'all';
  } catch {
    return 'unknown';
  }
}
