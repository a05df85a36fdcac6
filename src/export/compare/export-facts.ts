import type { Disk } from '../../disk/disk.ts';
import { readIds } from '../../input/open-ids.ts';
import { RunError } from '../../model/run-error.ts';
import { exportPlaces } from '../folder/export-places.ts';
import type { ExportSummary } from '../export-summary.ts';

/** What an export's summary says of it, as far as a comparison needs it. */
export interface ExportFacts {
  /** ISO 8601. */
  readonly finishedAt: string;
  readonly sha256: string;
  /** What the export was made of, by a word for each; two exports in which one differs can't be compared. */
  readonly terms: Readonly<Record<string, string>>;
  /** Whether its opportunities were those of a list of somebody's, by which it is known again. */
  readonly ofList: boolean;
  /** Whether only some entities or types were asked for. */
  readonly ofSome: boolean;
  /** Opportunities that it read, and that have no line. */
  readonly silent: number;
  /** Opportunities of the list that could not be read: of these the file says nothing. */
  readonly unread: ReadonlySet<string>;
}

/**
 * Reads the summary that stands beside an export; undefined of any other file.
 *
 * @throws RunError where the list of what could not be read is not there: what is missing could not be told from what is gone
 */
export async function exportFacts(path: string, disk: Disk): Promise<ExportFacts | undefined> {
  const bytes = await disk.readWhole(exportPlaces(path).summary).catch(() => undefined);
  const summary = bytes && summaryIn(Buffer.from(bytes).toString('utf8'));
  if (summary === undefined) return undefined;
  const { terms, selection, counts } = summary;
  return {
    ofList: (terms['ids'] ?? '') !== '',
    ofSome: selection.entities.length + selection.types.length > 0,
    silent: counts.read - counts.written,
    finishedAt: summary.finishedAt,
    sha256: summary.results.sha256,
    terms: termsOf(summary),
    unread: await unreadOf(path, summary, disk),
  };
}

function summaryIn(text: string): ExportSummary | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('command' in value)) return undefined;
    // Written by this tool: its command says so.
    return value.command === 'export' ? (value as ExportSummary) : undefined;
  } catch {
    return undefined;
  }
}

function termsOf({ terms, selection }: ExportSummary): ExportFacts['terms'] {
  const { catalog = '', opportunities = '', filters = '{}', ids = '' } = terms;
  return {
    catalog,
    'source of opportunities': opportunities,
    'list of opportunities': ids,
    filters,
    entities: selection.entities.toSorted().join(', '),
    types: selection.types.toSorted().join(', '),
  };
}

async function unreadOf(path: string, { unread, counts }: ExportSummary, disk: Disk): Promise<Set<string>> {
  const ids = new Set<string>();
  if (unread === undefined || counts.unread === 0) return ids;
  const list = exportPlaces(path).unread;
  if (!(await disk.exists(list))) {
    throw new RunError(
      'input_unreadable',
      `${counts.unread} opportunities of ${path} could not be read, and ${list}, which names them, is not there.`,
      { code: 'put_unread_back' },
    );
  }
  for await (const { text } of readIds({ name: list, bytes: disk.read(list) }, {})) ids.add(text);
  return ids;
}

/** The names of the terms in which two exports differ. */
export function differingTerms(before: ExportFacts, after: ExportFacts): readonly string[] {
  return Object.keys(before.terms).filter((name) => before.terms[name] !== after.terms[name]);
}
