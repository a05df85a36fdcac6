import { csvText, firstLine } from '../results/csv-text.ts';
import { defuse } from '../results/defuse.ts';
import { EXPORT_COLUMNS } from '../model/result-columns.ts';
import { associationLines, holdsNothing, type Selection } from './association-lines.ts';
import type { ExportCounts } from './export-summary.ts';
import type { ReadRecord } from './folder/kept-reads.ts';
import { watchSought, type IsNear, type NotHeld } from './sought-entities.ts';

/** A file as it is written: text in, its SHA-256 out. */
export interface TextFile {
  readonly write: (text: string) => Promise<void>;
  /** Makes it durable. */
  readonly finish: () => Promise<string>;
}

/** The hashes of both files, and what is in them. */
export interface Written {
  readonly sha256: string;
  /** Of the list of those that could not be read. */
  readonly unreadSha256: string;
  readonly counts: ExportCounts;
  readonly notHeld: readonly NotHeld[];
}

/** Which lines are wanted, and what tells a slip of writing in an entity that was asked for. */
export interface Wanted {
  readonly selection: Selection;
  readonly isNear: IsNear;
}

/** As Excel opens it without being asked. */
const DIALECT = { delimiter: ',', lineEnding: '\r\n', bom: true } as const;

const UNREAD_HEADER: readonly string[] = ['Opportunity ID', 'Exception', 'Message', 'Request ID'];

const LINES_AT_ONCE = 500;

/** Writes the export, and the list of those that could not be read, from what was read. */
export async function writeExport(
  records: AsyncIterable<ReadRecord>,
  { selection, isNear }: Wanted,
  files: { readonly results: TextFile; readonly unread: TextFile },
): Promise<Written> {
  const counts = { opportunities: 0, read: 0, unread: 0, empty: 0, written: 0, lines: 0 };
  const results = await beginTable(files.results, EXPORT_COLUMNS);
  const unread = await beginTable(files.unread, UNREAD_HEADER);
  const sought = watchSought(selection, isNear);
  for await (const record of records) {
    counts.opportunities += 1;
    if ('fault' in record) {
      const { exception, message, requestId = '' } = record.fault;
      counts.unread += 1;
      await unread.add([[record.id, exception, message, requestId]]);
      continue;
    }
    const lines = associationLines(record.id, record.opportunity, selection);
    counts.read += 1;
    sought.see(record.opportunity);
    counts.empty += Number(holdsNothing(record.opportunity));
    counts.written += Number(lines.length > 0);
    counts.lines += lines.length;
    await results.add(lines);
  }
  return {
    sha256: await results.finish(),
    unreadSha256: await unread.finish(),
    counts,
    notHeld: sought.notHeld(),
  };
}

interface TableWriter {
  readonly add: (lines: readonly (readonly string[])[]) => Promise<void>;
  readonly finish: () => Promise<string>;
}

async function beginTable(file: TextFile, header: readonly string[]): Promise<TableWriter> {
  await file.write(firstLine(header, DIALECT));
  let waiting: (readonly string[])[] = [];
  const flush = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    if (lines.length > 0) await file.write(csvText(lines, DIALECT));
  };
  return {
    add: async (lines) => {
      for (const line of lines) waiting.push(line.map(defuse));
      if (waiting.length >= LINES_AT_ONCE) await flush();
    },
    finish: async () => {
      await flush();
      return file.finish();
    },
  };
}
