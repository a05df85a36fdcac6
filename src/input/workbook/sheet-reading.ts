/** The sheet of a workbook as it was read: told before anything is sent. */
export interface SheetReading {
  readonly name: string;
  /** Rows with cells that are hidden or filtered out in the sheet. */
  readonly hiddenRows: number;
  /** As the sheet numbers it; 0 for none. */
  readonly firstHiddenRow: number;
  /** Whether these are left out; else they count. */
  readonly visibleOnly: boolean;
  /** Cells below the first of a merge, which are read as what the merge shows. */
  readonly mergedCells: number;
  /** As the sheet names it; empty for none. */
  readonly firstMergedCell: string;
  /** Columns of which the identifiers exist as a number format alone: what the cells hold is a number. */
  readonly shownColumns: readonly ShownColumn[];
}

/** What a sheet says, or keeps from being seen, by other means than its cells' texts; nobody obeys it. */
export interface SheetMarks {
  readonly hiddenSheet: boolean;
  /** Letters of hidden columns with cells. */
  readonly hiddenColumns: readonly string[];
  /** Cells whose number format shows nothing of what they hold, as the sheet names them. */
  readonly unseenCells: readonly string[];
  /** Cells that are struck through, of the rows that are read: by the row that the sheet shows, their columns, from 0. */
  readonly struck: ReadonlyMap<number, ReadonlySet<number>>;
  /** Ranges of conditional formats that may strike cells through. */
  readonly mayBeStruck: readonly string[];
  /** Cells with comments or notes. */
  readonly comments: number;
  readonly firstComments: readonly ShownComment[];
}

/** A comment, and the cell beside which it stands, as the sheet names it. */
export interface ShownComment {
  readonly cell: string;
  readonly text: string;
}

/** A column whose cells are read as they are shown. */
export interface ShownColumn {
  /** Its letter. */
  readonly column: string;
  /** The first such value, as it is shown and as the cell holds it. */
  readonly shown: string;
  readonly held: string;
  readonly cells: number;
}

/** The user's word on a workbook. */
export interface WorkbookOptions {
  /** A sheet's name, or its position from 1 where no sheet has that name. */
  readonly sheet?: string | undefined;
  /** Hidden and filtered-out rows don't count. */
  readonly visibleOnly?: boolean | undefined;
  /** The file stands beside the input, and no option says which of its sheets is meant. */
  readonly isBeside?: boolean | undefined;
}
