import type { Caller } from '../store/journal-line.ts';
import type { ExportJob } from './folder/open-export.ts';
import type { Selection } from './association-lines.ts';
import type { NotHeld } from './sought-entities.ts';

/** What an export read, and wrote. */
export interface ExportCounts {
  /** Of the list: read and unread together. */
  readonly opportunities: number;
  readonly read: number;
  readonly unread: number;
  /** Of those that were read: they hold nothing at all. */
  readonly empty: number;
  /** Of those that were read: they have a line. */
  readonly written: number;
  /** Below the header. */
  readonly lines: number;
}

/** Calls of the session that finished the export. */
export interface ExportCalls {
  readonly reads: number;
  readonly throttles: number;
}

/** The summary of an export, which stays beside it. */
export interface ExportSummary {
  readonly tool: string;
  readonly command: 'export';
  readonly terms: ExportJob['terms'];
  readonly selection: Selection;
  readonly caller: Caller | null;
  readonly results: { readonly name: string; readonly sha256: string };
  /** Absent where every opportunity could be read. */
  readonly unread?: { readonly name: string; readonly sha256: string };
  readonly counts: ExportCounts;
  /** Entities that were asked for and that no opportunity holds, where there are any. */
  readonly notHeld?: readonly NotHeld[];
  readonly lastSessionCalls: ExportCalls;
  readonly begunAt: string;
  readonly finishedAt: string;
}
