import type { TableReading } from '../../../input/columns/table-reading.ts';
import { showValue } from '../../../input/values/show-value.ts';
import { counted } from '../../../model/words/amounts.ts';

/** What of a workbook's sheet is not seen at once: rows that nobody sees, and identifiers that no cell holds. */
export function sheetRemarks({ sheet }: TableReading['dialect']): readonly string[] {
  if (sheet === undefined) return [];
  const { hiddenRows, firstHiddenRow, visibleOnly, mergedCells, firstMergedCell, shownColumns } = sheet;
  const first = `${hiddenRows > 1 ? 'the first is ' : ''}row ${firstHiddenRow}`;
  return [
    ...(hiddenRows === 0
      ? []
      : [
          visibleOnly
            ? `${counted(hiddenRows, 'row')} hidden or filtered out left out (${first}; --visible-only)`
            : `${counted(hiddenRows, 'row')} hidden or filtered out in the sheet (${first}), and read all the same; --visible-only leaves ${hiddenRows > 1 ? 'them' : 'it'} out`,
        ]),
    ...(mergedCells === 0
      ? []
      : [
          `${counted(mergedCells, 'cell')} below the first of a merge (${mergedCells > 1 ? 'the first is ' : ''}${firstMergedCell}) read as what the merge shows`,
        ]),
    ...shownColumns.map(
      ({ column, shown, held, cells }) =>
        `column ${column} shows ${counted(cells, 'identifier')} that ${cells > 1 ? 'exist' : 'exists'} as a number format alone (${showValue(shown)} is the number ${held}); read as shown`,
    ),
  ];
}

/** Rows left out since they are blank, without those that are so because they are hidden. */
export function blankRowsOf({ sheet }: TableReading['dialect'], blankRows: number): number {
  return sheet?.visibleOnly === true ? Math.max(0, blankRows - sheet.hiddenRows) : blankRows;
}
