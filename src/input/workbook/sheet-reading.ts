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
