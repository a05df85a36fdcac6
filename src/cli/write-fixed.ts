import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Disk } from '../disk/disk.ts';
import { fixedRow } from '../input/fixed-cells.ts';
import type { OpenInput } from '../input/open-input.ts';
import type { InputRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';
import { csvText, firstLine } from '../results/csv-text.ts';

/** A cleaned copy of an input, as it is written. */
export interface FixedFile {
  readonly add: (rows: readonly InputRow[]) => Promise<void>;
  /** Gives the file its name; it appears whole or not at all. */
  readonly finish: () => Promise<FixedCounts>;
  /** Leaves nothing of it behind. */
  readonly abandon: () => Promise<void>;
}

export interface FixedCounts {
  /** Rows in which a value was corrected. */
  readonly corrected: number;
  /** Rows that are still invalid. */
  readonly open: number;
}

/** Begins `check --fixed`: the input's rows with their values cleaned, in the input's own dialect, as UTF-8. */
export async function writeFixed(path: string, input: OpenInput, disk: Disk): Promise<FixedFile> {
  if (input.understanding.resultsFile !== undefined) {
    throw new RunError('usage', `${input.understanding.name} is a results file; --fixed cleans an input.`, {
      hint: 'Name the file that the run was begun with.',
    });
  }
  if (await disk.exists(path)) {
    throw new RunError('output_unwritable', `${path} exists already.`, {
      hint: 'Name another file with --fixed.',
    });
  }
  const temporary = join(dirname(path), `.${randomUUID()}.part`);
  const file = await disk.openForAppend(temporary).catch(unwritable(path));
  const { dialect, understanding, header } = input;
  const put = (text: string): Promise<void> => file.append(Buffer.from(text)).catch(unwritable(path));
  await put(firstLine(header, dialect));
  let corrected = 0;
  let open = 0;
  return {
    add: async (rows) => {
      const fixed = rows.map((row) => fixedRow(row, understanding));
      corrected += fixed.filter((row) => row.corrected).length;
      open += fixed.filter((row) => row.open).length;
      const lines = fixed.map(({ cells }) => cells);
      await put(csvText(lines, dialect));
    },
    finish: async () => {
      await file.close();
      await disk.publish(temporary, path).catch(unwritable(path));
      return { corrected, open };
    },
    abandon: async () => {
      await file.close();
      await disk.remove(temporary);
    },
  };
}

function unwritable(path: string): (cause: unknown) => never {
  return (cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new RunError('output_unwritable', `${path} could not be written: ${reason}.`, {
      hint: 'Name a place that can be written with --fixed.',
      cause,
    });
  };
}
