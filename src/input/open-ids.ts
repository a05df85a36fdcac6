import { parseOpportunityId, type OpportunityId } from '../model/entity.ts';
import type { InputSource } from './bytes/input-source.ts';
import { PeekableBytes } from './bytes/peekable-bytes.ts';
import type { SampledTable } from './columns/column-errors.ts';
import { findOpportunityColumn } from './columns/find-columns.ts';
import type { InputOptions } from './columns/input-options.ts';
import { resultsFile } from './columns/results-file.ts';
import { isBlankRecord, looksLikeData } from './columns/table-head.ts';
import type { ChosenHead } from './columns/choose-delimiter.ts';
import { openHead, orFault, skipRecords } from './open-head.ts';
import { recordBatches } from './records/record-batches.ts';
import { cleanValue } from './values/clean-value.ts';

/** A row of a list of opportunities. */
export interface IdRow {
  /** The row number that a spreadsheet shows. */
  readonly row: number;
  /** The cell, cleaned; never empty. */
  readonly text: string;
  /** Absent where the cell is no opportunity's identifier. */
  readonly id?: OpportunityId;
}

/**
 * Reads the opportunities that a file names, whatever else it holds; a list of identifiers alone needs no header. Rows
 * without one are left out.
 *
 * @throws RunError `input_unreadable`, `input_format` or `input_columns`
 */
export async function* readIds(source: InputSource, options: InputOptions): AsyncGenerator<IdRow> {
  const front = new PeekableBytes(source.bytes);
  try {
    const { name } = source;
    const { text, chosen, dialect } = await openHead(front, name, options);
    const { index, rowsBefore } = orFault(chosen, () => placeOfIds(name, chosen, options));
    await skipRecords(text, dialect.delimiter, rowsBefore);
    const tally = { nonUtf8Cells: 0, undecodableCells: 0 };
    let row = rowsBefore;
    for await (const { records } of recordBatches(
      text,
      { name, delimiter: dialect.delimiter, rowsBefore },
      tally,
    )) {
      for (const cells of records) {
        row += 1;
        const cell = cleanValue(cells[index] ?? '');
        const id = parseOpportunityId(cell);
        if (cell !== '') yield { row, text: cell, ...(id !== undefined && { id }) };
      }
    }
  } finally {
    await front.close();
  }
}

interface Place {
  /** Of the column, from 0. */
  readonly index: number;
  /** The header's, and titles'. */
  readonly rowsBefore: number;
}

const SAMPLED_ROWS = 200;

function placeOfIds(name: string, { head }: ChosenHead, options: InputOptions): Place {
  const { records, headerIndex, headerScore } = head;
  const first = records[headerIndex] ?? [];
  const headless = options.noHeader === true || (headerScore === 0 && looksLikeData(first));
  const rowsBefore = headless ? 0 : headerIndex + 1;
  const samples = records.slice(rowsBefore).filter((record) => !isBlankRecord(record));
  const table: SampledTable = {
    name,
    // Without a name of its own a column of such values is taken by its content.
    header: headless
      ? first.map((cell, index) => (looksLikeData([cell]) ? OPPORTUNITY : `${index + 1}`))
      : first,
    samples: samples.slice(0, SAMPLED_ROWS),
  };
  const ours = headless ? undefined : resultsFile(table.header);
  const { index } = ours?.columns.opportunity ?? findOpportunityColumn(table, options);
  return { index, rowsBefore };
}

const OPPORTUNITY = 'Opportunity ID';
