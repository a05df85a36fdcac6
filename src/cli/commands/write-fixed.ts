import type { Disk } from '../../disk/disk.ts';
import { fixedRow } from '../../input/rows/fixed-cells.ts';
import type { OpenInput } from '../../input/open-input.ts';
import { RunError } from '../../model/run-error.ts';
import { csvText, firstLine } from '../../results/csv-text.ts';
import { counted } from '../words/amounts.ts';
import type { CheckedFile } from './checked-file.ts';
import { openNewFile } from './new-file.ts';

/** Begins `check --fixed`: the input's rows with their values cleaned, in the input's own dialect, as UTF-8. */
export async function writeFixed(path: string, input: OpenInput, disk: Disk): Promise<CheckedFile> {
  if (input.table.resultsFile !== undefined) {
    throw new RunError('usage', `${input.table.name} is a results file; --fixed cleans an input.`, {
      code: 'name_first_input',
    });
  }
  const file = await openNewFile(path, 'fixed', disk);
  const { dialect, table, header } = input;
  await file.put(firstLine(header, dialect));
  let corrected = 0;
  let open = 0;
  return {
    add: async (rows) => {
      const fixed = rows.map((row) => fixedRow(row, table));
      corrected += fixed.filter((row) => row.corrected).length;
      open += fixed.filter((row) => row.open).length;
      const lines = fixed.map(({ cells }) => cells);
      await file.put(csvText(lines, dialect));
    },
    finish: async () => {
      await file.finish();
      const left =
        open === 0 ? 'no row is left to correct' : `${counted(open, 'row')} left to correct by hand`;
      const { blankRows, footerRows } = input.tally();
      const around = Math.max(0, table.headerRow - 1) + blankRows + footerRows;
      const leftOut =
        around === 0
          ? ''
          : `; ${counted(around, 'row')} around the table left out, so rows have other numbers`;
      return `Cleaned: ${path} (${counted(corrected, 'row')} corrected, ${left}${leftOut})`;
    },
    abandon: file.abandon,
  };
}
