import { readFile } from 'node:fs/promises';
import type { ExportSummary } from '../export/export-summary.ts';
import { exportPlaces } from '../export/folder/export-places.ts';
import { isFlattened } from '../input/columns/named-column.ts';
import type { TableReading } from '../input/columns/table-reading.ts';
import { isSelective } from '../input/selection/selection.ts';
import { showValue } from '../input/values/show-value.ts';
import { WRITES } from '../model/call.ts';
import { RunError } from '../model/run-error.ts';
import { OPERATIONS, isOperation } from '../model/operation.ts';
import type { InputIdentity } from '../store/input-bytes.ts';
import type { RunRequest } from './request/run-request.ts';
import type { RereadableInput, Survey } from './request/survey-input.ts';

/**
 * Refuses to remove everything that the opportunities of an export hold, unless that is said: an export that was made of all
 * names what is to stay, too. One of some entities or types is known by the summary beside it, as long as both belong together.
 * A flattened list, as AWS's sample exports have it, names all likewise, unless its columns were chosen one by one.
 */
export async function assertMeansAll(
  { command, allLines }: Pick<RunRequest, 'command' | 'allLines'>,
  { name, options }: RereadableInput,
  { table }: Pick<Survey, 'table'>,
  { sha256 }: Pick<InputIdentity, 'sha256'>,
): Promise<void> {
  if (allLines === true || isSelective(options)) return;
  if (!isOperation(command) || WRITES[OPERATIONS[command].write].leaves === 'present') return;
  if (isFlattenedList(table)) throw listsAll(name, table);
  if (!table.isExport || (await isOfSome(name, sha256))) return;
  throw new RunError(
    'usage',
    `${name} is an export of all that its opportunities hold, and every line would be removed.`,
    { code: 'say_what_is_meant' },
  );
}

function isFlattenedList({ columns: { entity } }: Pick<TableReading, 'columns'>): boolean {
  return entity.found !== 'option' && isFlattened(entity.name);
}

function listsAll(name: string, { columns }: Pick<TableReading, 'columns'>): RunError {
  const { entity, furtherEntities = [] } = columns;
  const others = furtherEntities.length;
  const more = others === 0 ? '' : ` and ${others} ${others === 1 ? 'column' : 'columns'} beside it`;
  return new RunError(
    'usage',
    `${name} lists all that its opportunities hold (${showValue(entity.name)}${more}), and every identifier would be removed.`,
    { code: 'say_which_identifiers' },
  );
}

async function isOfSome(name: string, sha256: string): Promise<boolean> {
  try {
    const text = await readFile(exportPlaces(name).summary, 'utf8');
    // Whatever stands there is only compared.
    const { command, results, selection } = JSON.parse(text) as Partial<ExportSummary>;
    const selected = [...(selection?.entities ?? []), ...(selection?.types ?? [])];
    return command === 'export' && results?.sha256 === sha256 && selected.length > 0;
  } catch {
    // Without a summary nobody knows.
    return false;
  }
}
