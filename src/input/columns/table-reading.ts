import type { Delimiter } from '../records/delimiter.ts';
import type { SheetMarks, SheetReading } from '../workbook/sheet-reading.ts';
import type { FoundColumns, UnusedColumn } from './found-columns.ts';
import type { HeadProfile, NamingColumns } from './head-profile.ts';
import type { DecidingColumn, ReplaceMap } from './input-options.ts';
import type { ResultsReading } from './results-file.ts';

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
  /** Of a workbook: what of it was read. */
  readonly sheet?: SheetReading;
}

/** A file's table as it was read: shown before a run, so that a wrong reading is seen. */
export interface TableReading {
  readonly name: string;
  readonly dialect: Dialect;
  /** Of a workbook alone: what its cells say beside their texts. */
  readonly marks?: SheetMarks | undefined;
  /** The header cells as they were; `column_1`, … where the file has none. */
  readonly header: readonly string[];
  /** The header's row number as a spreadsheet shows it; 0 with `--no-header`. */
  readonly headerRow: number;
  /** Rows above the header (titles, blank ones), as they were. */
  readonly titleRows: readonly (readonly string[])[];
  readonly columns: FoundColumns;
  /** The other columns, in their order; of a results file those that seem to say what to do with a row. */
  readonly unused: readonly UnusedColumn[];
  /** Whether it is an export of this tool, as its header tells. */
  readonly isExport: boolean;
  /** The columns (of results, the user's own) that evidently hold names in the place of identifiers. */
  readonly names: NamingColumns;
  /** Who gives replacements where no column does. */
  readonly replacing?: Replacing | undefined;
  /** Whether the column of replacements, if there is one, is not taken. */
  readonly unreplaced?: boolean | undefined;
  /** Set where the file is the results of an earlier run; the header's last columns are then ours. */
  readonly resultsFile: ResultsReading | undefined;
  /** Up to three of the table's rows: the first that have both an opportunity and an entity, where any do. */
  readonly sampleRows: readonly SampleRow[];
}

/** A table with what its rows are judged by, for as long as they are read. */
export interface JudgedTable extends TableReading {
  /** The user's columns by their first rows; absent where these columns are not known. */
  readonly profile: HeadProfile | undefined;
}

/** One identifier for every row's; or a map, by its name, of so many pairs, with the first of them. */
export type Replacing =
  | { readonly kind: 'one'; readonly id: string }
  | {
      readonly kind: 'map';
      readonly name: string;
      readonly pairs: number;
      readonly first: FirstPair;
      readonly deciding?: readonly DecidingColumn[];
    };

/** Which column is replaced by which, and one identifier by another. */
export interface FirstPair {
  readonly heads: ReplaceMap['heads'];
  readonly pair: ReplaceMap['pairs'][number] | undefined;
}

export interface SampleRow {
  /** As a spreadsheet numbers it. */
  readonly row: number;
  readonly cells: readonly string[];
}
