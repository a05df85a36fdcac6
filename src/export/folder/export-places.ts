import { dirname, join } from 'node:path';
import { fileStem } from '../../store/input-bytes.ts';

/** The places of everything of one export; `now.csv` shares its stem with its folder, `now.export`. */
export interface ExportPlaces {
  /** The export: appears whole or not at all. */
  readonly results: string;
  /** Opportunities that could not be read. */
  readonly unread: string;
  readonly summary: string;
  /** Removed once the export is whole. */
  readonly folder: string;
  readonly lock: string;
  /** The export as it was asked for. */
  readonly job: string;
  /** The opportunities to read, page by page. */
  readonly list: string;
  /** What was read of each, in the order of the list. */
  readonly reads: string;
  /** The summary, once all is read: from then on nothing is left but to publish. */
  readonly finished: string;
  readonly partialResults: string;
  readonly partialUnread: string;
}

export function exportPlaces(output: string): ExportPlaces {
  const base = join(dirname(output), fileStem(output));
  const folder = `${base}.export`;
  return {
    results: output,
    unread: `${base}.unread.csv`,
    summary: `${base}.summary.json`,
    folder,
    lock: join(folder, 'lock'),
    job: join(folder, 'job.json'),
    list: join(folder, 'list.jsonl'),
    reads: join(folder, 'reads.jsonl'),
    finished: join(folder, 'finished.json'),
    partialResults: join(folder, 'export.partial.csv'),
    partialUnread: join(folder, 'unread.partial.csv'),
  };
}
