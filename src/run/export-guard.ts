import { readFile } from 'node:fs/promises';
import type { ExportSummary } from '../export/export-summary.ts';
import { exportPlaces } from '../export/folder/export-places.ts';
import { isSelective } from '../input/selection/selection.ts';
import { WRITES } from '../model/call.ts';
import { RunError } from '../model/run-error.ts';
import { OPERATIONS, isOperation } from '../model/operation.ts';
import type { InputIdentity } from '../store/input-bytes.ts';
import type { RunRequest } from './request/run-request.ts';
import type { RereadableInput, Survey } from './request/survey-input.ts';

/**
 * Refuses to remove everything that the opportunities of an export hold, unless that is said: an export that was made of all
 * names what is to stay, too. One of some entities or types is known by the summary beside it, as long as both belong together.
 */
export async function assertMeansAll(
  { command, allLines }: Pick<RunRequest, 'command' | 'allLines'>,
  { name, options }: RereadableInput,
  { table }: Pick<Survey, 'table'>,
  { sha256 }: Pick<InputIdentity, 'sha256'>,
): Promise<void> {
  if (!table.isExport || allLines === true || isSelective(options)) return;
  if (!isOperation(command) || WRITES[OPERATIONS[command].write].leaves === 'present') return;
  if (await isOfSome(name, sha256)) return;
  throw new RunError(
    'usage',
    `${name} is an export of all that its opportunities hold, and every line would be removed.`,
    { code: 'say_what_is_meant' },
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
