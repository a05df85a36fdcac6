import type { ColumnRole } from '../../../model/advice.ts';

/** The option that names the column of each part. */
export const COLUMN_OPTIONS: Readonly<Record<ColumnRole, string>> = {
  opportunity: '--opportunity-column',
  type: '--type-column',
  entity: '--entity-column',
  replacement: '--replace-column',
};
