import type { InputRow } from '../../../model/row.ts';

/** A file that `check` writes as it reads. */
export interface CheckedFile {
  readonly add: (rows: readonly InputRow[]) => Promise<void>;
  /** Gives the file its name, and tells of it in a line. */
  readonly finish: () => Promise<string>;
  /** Leaves nothing of it behind. */
  readonly abandon: () => Promise<void>;
}
