import type { TableReading } from '../../../input/columns/table-reading.ts';
import type { SheetMarks } from '../../../input/workbook/sheet-reading.ts';
import { seemsToDecide } from '../../../input/columns/decisions/decision-names.ts';
import { showValue } from '../../../input/values/show-value.ts';
import { counted } from '../../../model/words/amounts.ts';

/** What of a workbook's sheet is not seen at once: rows that nobody sees, and identifiers that no cell holds. */
export function sheetRemarks({
  dialect: { sheet },
  marks,
}: Pick<TableReading, 'dialect' | 'marks'>): readonly string[] {
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
    ...(marks === undefined ? [] : markRemarks(sheet.name, marks)),
    ...shownColumns.map(
      ({ column, shown, held, cells }) =>
        `column ${column} shows ${counted(cells, 'identifier')} that ${cells > 1 ? 'exist' : 'exists'} as a number format alone (${showValue(shown)} is the number ${held}); read as shown`,
    ),
  ];
}

/** What nobody sees in a sheet, and what somebody has said there by other means than texts. */
function markRemarks(name: string, marks: SheetMarks): readonly string[] {
  const { hiddenSheet, hiddenColumns, unseenCells, struck, mayBeStruck, comments, firstComments } = marks;
  const shown = firstComments.map(({ cell, text }) => `${cell}: ${showValue(text.trim())}`);
  return [
    ...(hiddenSheet ? ['the sheet is hidden in the workbook, and read all the same'] : []),
    ...(seemsToDecide(name)
      ? [`the sheet’s name seems to say what to do with its rows (${showValue(name)}); nobody obeys that`]
      : []),
    ...told(hiddenColumns, 'column', 'hidden in the sheet, and read all the same'),
    ...told(unseenCells, 'cell', 'of a number format that shows nothing, and read all the same'),
    ...told(
      [...struck.keys()].map((row) => `row ${row}`),
      'row',
      'with cells that are struck through, which nobody obeys',
    ),
    ...(mayBeStruck.length === 0
      ? []
      : [`cells may be struck through by a conditional format (${listed(mayBeStruck)}), which nobody obeys`]),
    ...(comments === 0
      ? []
      : [`${counted(comments, 'cell')} with a comment (${listed(shown, comments)}), which nobody obeys`]),
  ];
}

function told(places: readonly string[], noun: string, words: string): readonly string[] {
  return places.length === 0 ? [] : [`${counted(places.length, noun)} ${words} (${listed(places)})`];
}

const SHOWN = 3;

function listed(places: readonly string[], all: number = places.length): string {
  const shown = places.slice(0, SHOWN);
  return [...shown, ...(all > shown.length ? ['…'] : [])].join('; ');
}

/** Rows left out since they are blank, without those that are so because they are hidden. */
export function blankRowsOf({ sheet }: TableReading['dialect'], blankRows: number): number {
  return sheet?.visibleOnly === true ? Math.max(0, blankRows - sheet.hiddenRows) : blankRows;
}
