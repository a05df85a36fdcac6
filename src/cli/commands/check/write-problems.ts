import type { Disk } from '../../../disk/disk.ts';
import type { OpenInput } from '../../../input/open-input.ts';
import { csvText, firstLine } from '../../../results/csv-text.ts';
import { defuse } from '../../../results/defuse.ts';
import { counted } from '../../words/amounts.ts';
import type { CheckedFile } from './checked-file.ts';
import { openNewFile } from '../../process/new-file.ts';
import { problemsOf } from '../../words/problem-groups.ts';

const HEADER = ['row', 'problem', 'message', 'did_you_mean'];

/** Begins `check --problems`: a line for every problem of every row, in the input's own dialect, as UTF-8. */
export async function writeProblems(path: string, input: OpenInput, disk: Disk): Promise<CheckedFile> {
  const file = await openNewFile(path, 'problems', input.table.name, disk);
  const { dialect } = input;
  await file.put(firstLine(HEADER, dialect));
  let written = 0;
  return {
    add: async (rows) => {
      const lines = rows.flatMap((row) =>
        problemsOf(row).map(({ kind, message, suggestion = '' }) => [
          String(row.row),
          kind,
          defuse(message),
          defuse(suggestion),
        ]),
      );
      written += lines.length;
      if (lines.length > 0) await file.put(csvText(lines, dialect));
    },
    finish: async () => {
      await file.finish();
      return `Problems: ${path} (${counted(written, 'line')})`;
    },
    abandon: file.abandon,
  };
}
