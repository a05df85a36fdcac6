import { emptyTally } from '../../input/rows/input-tally.ts';
import type { RowStatus } from '../../model/outcome.ts';
import type { KeptMembers } from '../../store/journal-line.ts';
import type { Survey } from './survey-input.ts';

/** The part of a survey that takes a reading of the whole input. */
export type SurveyCounts = Omit<Survey, 'table' | 'header'>;

/** As a run's mark keeps it. */
export function keptSurvey({ table: _table, header: _header, ...counts }: Survey): KeptMembers {
  const statuses = [...counts.statuses].map(([status, rows]) => [status ?? null, rows]);
  return { ...counts, statuses, unmapped: [...counts.unmapped] };
}

/**
 * The same, read back; `undefined` where it is not what this version keeps, or another one than `tool` has read the input:
 * the input tells it then.
 */
export function surveyIn(kept: KeptMembers | undefined, tool?: string): SurveyCounts | undefined {
  if (kept === undefined || (tool !== undefined && kept['tool'] !== tool)) return undefined;
  const found = kept['survey'];
  if (!isObject(found) || !isObject(found['tally'])) return undefined;
  const { tally } = found;
  const areCounts = COUNTS.every((name) => typeof found[name] === 'number') && isLike(tally, emptyTally());
  if (!areCounts || !isPairs(found['statuses']) || !isPairs(found['unmapped'])) return undefined;
  // Its members were just looked at, and this tool wrote them.
  const counts = found as unknown as Omit<SurveyCounts, 'statuses' | 'unmapped'>;
  const statuses = (found['statuses'] as [RowStatus | null, number][]).map(
    ([status, rows]) => [status ?? undefined, rows] as const,
  );
  return {
    ...counts,
    statuses: new Map(statuses),
    unmapped: new Map(found['unmapped'] as [string, number][]),
  };
}

const COUNTS = [
  'rowsToRun',
  'writesAtMost',
  'attachmentsAtMost',
  'unreplaced',
  'stillUnreplaced',
  'opportunities',
] as const satisfies readonly (keyof SurveyCounts)[];

/** Whether a value has all that another has, each member of its kind. */
function isLike(value: unknown, model: unknown): boolean {
  if (Array.isArray(model)) return Array.isArray(value);
  if (!isObject(model)) return typeof value === typeof model;
  return isObject(value) && Object.entries(model).every(([name, one]) => isLike(value[name], one));
}

function isObject(value: unknown): value is KeptMembers {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPairs(value: unknown): boolean {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && typeof pair[1] === 'number');
}
