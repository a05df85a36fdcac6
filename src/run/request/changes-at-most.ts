import type { Survey } from './survey-input.ts';

/** Changes of so many rows, if none is needless. */
export interface ChangesAtMost {
  readonly removals: number;
  readonly attachments: number;
  readonly opportunities: number;
}

/** The writes that are left at most with so many of the rows to run: each row counts as the average. */
export function writesOf(
  rowsLeft: number,
  { rowsToRun, writesAtMost }: Pick<Survey, 'rowsToRun' | 'writesAtMost'>,
): number {
  return rowsToRun === 0 ? 0 : Math.ceil((rowsLeft * writesAtMost) / rowsToRun);
}

/** The changes that so many of the rows to run make at most: each row counts as the average. */
export function changesOf(rows: number, survey: Survey): ChangesAtMost {
  const { rowsToRun, writesAtMost, attachmentsAtMost, opportunities } = survey;
  const share = (writes: number): number => (rowsToRun === 0 ? 0 : Math.ceil((rows * writes) / rowsToRun));
  return {
    removals: share(writesAtMost - attachmentsAtMost),
    attachments: share(attachmentsAtMost),
    opportunities: Math.min(rows, opportunities),
  };
}
