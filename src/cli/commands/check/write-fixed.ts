import type { Disk } from '../../../disk/disk.ts';
import type { AcceptedSuggestion } from '../../../input/rows/fixed-cells.ts';
import { showValue } from '../../../input/values/show-value.ts';
import type { OpenInput } from '../../../input/open-input.ts';
import { RunError } from '../../../model/run-error.ts';
import { BOM, csvText } from '../../../results/csv-text.ts';
import { count, counted } from '../../words/amounts.ts';
import type { CheckedFile } from './checked-file.ts';
import { fixedLines } from './fixed-lines.ts';
import { openNewFile } from '../../process/new-file.ts';

const ACCEPTED_SHOWN = 20;

/** The cleaned file of a check, and what was taken for it. */
export interface FixedFile extends CheckedFile {
  readonly accepted: () => readonly AcceptedSuggestion[];
}

/**
 * Begins `check --fixed`: the input's rows with their values cleaned, in the input's own dialect, as UTF-8. Rows have the
 * input's numbers: the rows above the header stay, and so do blank ones.
 */
export async function writeFixed(
  path: string,
  input: OpenInput,
  acceptSuggestions: boolean,
  disk: Disk,
): Promise<FixedFile> {
  const { dialect, table, header } = input;
  if (table.resultsFile !== undefined) {
    throw new RunError('usage', `${table.name} is a results file; --fixed cleans an input.`, {
      code: 'name_first_input',
    });
  }
  if (table.columns.furtherEntities !== undefined) {
    throw new RunError(
      'usage',
      `${table.name} has several columns of identifiers, and --fixed cleans a table of one.`,
      { code: 'name_one_column' },
    );
  }
  const file = await openNewFile(path, 'fixed', table.name, disk);
  const lines = fixedLines(table, acceptSuggestions);
  const above = table.headerRow === 0 ? [] : [...table.titleRows, header];
  await file.put((dialect.bom ? BOM : '') + csvText(above, dialect));
  return {
    add: (rows) => file.put(csvText(lines.of(rows), dialect)),
    finish: async () => {
      await file.put(csvText(lines.rest(), dialect));
      await file.finish();
      const { corrected, open } = lines.counts();
      const left =
        open === 0 ? 'no row is left to correct' : `${counted(open, 'row')} left to correct by hand`;
      return [
        `Cleaned: ${path} (${counted(corrected, 'row')} corrected, ${left})`,
        ...acceptedLines(lines.accepted()),
      ].join('\n');
    },
    abandon: file.abandon,
    accepted: lines.accepted,
  };
}

function acceptedLines(accepted: readonly AcceptedSuggestion[]): string[] {
  if (accepted.length === 0) return [];
  const shown = accepted
    .slice(0, ACCEPTED_SHOWN)
    .map(({ row, from, to }) => `  row ${count(row)}: ${showValue(from)} became ${showValue(to)}`);
  const more = accepted.length - shown.length;
  return [
    `${counted(accepted.length, 'suggestion')} accepted: look at each before you run the file.`,
    ...shown,
    ...(more > 0 ? [`  … and ${count(more)} more (--json lists them all)`] : []),
  ];
}
