import { ownCells } from '../../../input/columns/results-file.ts';
import type { SampleRow, TableReading } from '../../../input/columns/table-reading.ts';
import { cleanValue } from '../../../input/values/clean-value.ts';
import { showValue } from '../../../input/values/show-value.ts';
import { count, counted } from '../../../model/words/amounts.ts';

/** The cells of the first rows that are read, in the order of the columns told above; the rest of a row is only counted. */
export function sampleLines({ sampleRows, columns, resultsFile }: TableReading): string[] {
  const { opportunity, type, entity, replacement } = columns;
  const indexes = [
    opportunity.index,
    ...(type.kind === 'column' ? [type.column.index] : []),
    entity.index,
    ...(replacement === undefined ? [] : [replacement.index]),
  ];
  return sampleRows.map((sample) => {
    const { row, cells } = sample;
    const yours =
      resultsFile === undefined ? new Map<number, string>() : ownValues(sample, columns, resultsFile);
    const shown = indexes.map((index) => `${showValue(cells[index] ?? '')}${yours.get(index) ?? ''}`);
    const others = cells.length - indexes.filter((index) => index < cells.length).length;
    const more = others > 0 ? ` and ${counted(others, 'other cell')}` : '';
    return `  ${`row ${count(row)}`.padEnd(12)} ${shown.join(' · ')}${more}`;
  });
}

/** Of a line of results that was corrected, what the user's own columns say otherwise than ours, by the index of ours. */
function ownValues(
  { cells }: SampleRow,
  { opportunity, entity }: TableReading['columns'],
  results: NonNullable<TableReading['resultsFile']>,
): ReadonlyMap<number, string> {
  const own = ownCells(cells, results);
  const pairs = [
    [opportunity.index, results.ownColumns.opportunity.index],
    [entity.index, results.ownColumns.entity.index],
  ] as const;
  return new Map(
    pairs.flatMap(([ours, at]) => {
      const value = cleanValue(own[at] ?? '');
      const isOther = value !== '' && value !== cleanValue(cells[ours] ?? '');
      return isOther ? [[ours, ` (yours says ${showValue(value)})`]] : [];
    }),
  );
}
