import type { Survey } from './survey-input.ts';

/** Changes of so many rows, if none is needless. */
export interface ChangesAtMost {
  readonly removals: number;
  readonly attachments: number;
  /** `undefined` of a part of the rows: the survey counts those of all. */
  readonly opportunities: number | undefined;
}

/** The writes that are left at most with so many of the rows to run: each row counts as the average. */
export function writesOf(
  rowsLeft: number,
  { rowsToRun, writesAtMost }: Pick<Survey, 'rowsToRun' | 'writesAtMost'>,
): number {
  return rowsToRun === 0 ? 0 : Math.ceil((rowsLeft * writesAtMost) / rowsToRun);
}

/** The changes that so many of the rows to run make at most: a row removes and attaches one entity each, if it does. */
export function changesOf(rows: number, survey: Survey): ChangesAtMost {
  const { rowsToRun, writesAtMost, attachmentsAtMost, opportunities } = survey;
  return {
    removals: Math.min(rows, writesAtMost - attachmentsAtMost),
    attachments: Math.min(rows, attachmentsAtMost),
    opportunities: rows === rowsToRun ? opportunities : undefined,
  };
}
