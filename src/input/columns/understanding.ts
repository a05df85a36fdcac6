import type { EntityType } from '../../model/entity.ts';
import type { Delimiter } from '../records/delimiter.ts';
import type { UnderstoodResultsFile } from './results-file.ts';

export type LineEnding = '\n' | '\r\n' | '\r';

/** How the file is written, as far as a results file should be written alike. */
export interface Dialect {
  readonly delimiter: Delimiter;
  /** The one most lines end in. */
  readonly lineEnding: LineEnding;
  /** Whether results, which are UTF-8, should start with a BOM: the input had one, or was not UTF-8 itself. */
  readonly bom: boolean;
  /** An IANA-like label such as `utf-8`, `utf-16le`. */
  readonly encoding: string;
  /** The file starts with Excel's `sep=` line, which no spreadsheet counts as a row. */
  readonly sepLine: boolean;
  readonly gzip: boolean;
}

/** One column, and why it was taken. */
export interface FoundColumn {
  /** From 0. */
  readonly index: number;
  /** The header cell, or `column 3` where there is none. */
  readonly name: string;
  readonly found: 'option' | 'header' | 'header and content';
}

/** A column that is only carried through. */
export interface UnusedColumn {
  readonly name: string;
  /** What an option that names it takes: its name, or its position where that is not its own. */
  readonly option: string;
  /** What most of its values look like, where that might be meant. */
  readonly holds?: 'opportunities' | 'identifiers' | undefined;
  /** A value that seems to decide what is done with a row; empty where only the column's name speaks of it. */
  readonly decides?: string | undefined;
}

/** Where a row's entity type comes from. */
export type TypeSource =
  | { readonly kind: 'option'; readonly type: EntityType }
  | { readonly kind: 'column'; readonly column: FoundColumn }
  // The entity column's own name says it, such as `RelatedEntityIdentifiers.AwsProducts[0]`.
  | { readonly kind: 'entity_header'; readonly type: EntityType }
  // `S-…`, ARN segments.
  | { readonly kind: 'shape' };

export interface FoundColumns {
  readonly opportunity: FoundColumn;
  readonly entity: FoundColumn;
  readonly type: TypeSource;
  readonly replacement: FoundColumn | undefined;
  /** Only where it was named. */
  readonly replacementType?: FoundColumn | undefined;
}

/** What was understood of a file: what is shown before a run, so that a wrong reading is seen. */
export interface Understanding {
  readonly name: string;
  readonly dialect: Dialect;
  /** The header cells as they were; `column_1`, … where the file has none. */
  readonly header: readonly string[];
  /** The header's row number as a spreadsheet shows it; 0 with `--no-header`. */
  readonly headerRow: number;
  /** Rows above the header (titles, blank ones), as they were. */
  readonly titleRows: readonly (readonly string[])[];
  readonly columns: FoundColumns;
  /** The other columns, in their order; none of a results file. */
  readonly unused: readonly UnusedColumn[];
  /** Set where the file is the results of an earlier run; the header's last columns are then ours. */
  readonly resultsFile: UnderstoodResultsFile | undefined;
  /** Up to three of the table's rows: the first that have both an opportunity and an entity, where any do. */
  readonly sampleRows: readonly SampleRow[];
}

export interface SampleRow {
  /** As a spreadsheet numbers it. */
  readonly row: number;
  readonly cells: readonly string[];
}
