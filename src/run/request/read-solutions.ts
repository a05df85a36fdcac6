import { parse } from 'csv-parse/sync';
import { SOLUTION_STATUSES, type Solution } from '../../emulator/partner/solution.ts';
import { foldName } from '../../input/values/fold-name.ts';
import { RunError } from '../../model/run-error.ts';

/** Far above any partner's list of solutions: it is held whole. */
const MOST_BYTES = 16 * 1024 * 1024;

type Column = 'id' | 'name' | 'status' | 'category' | 'marketplaceArn';

/** The columns of a list of solutions, by their folded names: people's, and those of ListSolutions. */
const COLUMNS: Readonly<Record<Column, readonly string[]>> = {
  id: ['id', 'identifier', 'solutionid', 'solutionidentifier'],
  name: ['name', 'solutionname'],
  status: ['status', 'solutionstatus'],
  category: ['category'],
  marketplaceArn: ['awsmarketplacesolutionarn', 'marketplacesolutionarn', 'marketplacesolution'],
};

/**
 * The solutions that a CSV lists: `Id` is needed, the others may be missing or empty.
 *
 * @throws RunError `input_format` or `input_columns`
 */
export async function readSolutions(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<readonly Solution[]> {
  const [header = [], ...rows] = parseRecords(name, await wholeOf(name, bytes));
  const names = header.map(foldName);
  const indexOf = (column: Column): number => names.findIndex((one) => COLUMNS[column].includes(one));
  const columns = {
    id: indexOf('id'),
    name: indexOf('name'),
    status: indexOf('status'),
    category: indexOf('category'),
    marketplaceArn: indexOf('marketplaceArn'),
  };
  if (columns.id < 0) {
    throw new RunError('input_columns', `${name} has no column of solutions' identifiers.`, {
      code: 'list_solutions',
    });
  }
  return rows.map((cells, index) => {
    const cell = (column: Column): string => cells[columns[column]]?.trim() ?? '';
    const where = `${name}, row ${index + 1} below the header`;
    const id = cell('id');
    if (id === '') throw unreadable(`${where}: there is no identifier.`);
    const marketplaceArn = cell('marketplaceArn');
    return {
      id,
      name: cell('name') || `Solution ${id}`,
      status: statusOf(cell('status'), where),
      category: cell('category') || 'Software Product',
      ...(marketplaceArn !== '' && { marketplaceArn }),
    };
  });
}

function statusOf(text: string, where: string): Solution['status'] {
  if (text === '') return 'Active';
  const known = SOLUTION_STATUSES.find((status) => status.toLowerCase() === text.toLowerCase());
  if (known !== undefined) return known;
  throw unreadable(`${where}: "${text}" is no status of a solution.`);
}

function unreadable(message: string, cause?: unknown): RunError {
  return new RunError('input_format', message, { code: 'list_solutions' }, cause);
}

async function wholeOf(name: string, bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > MOST_BYTES) throw unreadable(`${name} is no list of solutions: it is far too large.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The one that its header has most of. */
function delimiterOf(content: Buffer): string {
  const [header = ''] = content
    .subarray(0, 65_536)
    .toString('latin1')
    .split(/[\r\n]/, 1);
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

function parseRecords(name: string, content: Buffer): readonly (readonly string[])[] {
  try {
    return parse(content, {
      bom: true,
      delimiter: delimiterOf(content),
      relax_column_count: true,
      skip_records_with_empty_values: true,
    });
  } catch (error) {
    throw unreadable(`${name} can't be read as CSV.`, error);
  }
}
