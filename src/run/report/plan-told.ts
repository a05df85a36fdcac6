import type { PlanTally } from '../../model/tally.ts';
import { holdsNamedAlone, noteAdvice, planNotes } from '../../model/words/plan-notes.ts';
import type { ReportedPlan } from '../../report/report.ts';
import type { RowFacts } from '../../report/rows/row-facts.ts';
import type { RecordedOptions } from '../../store/journal-line.ts';
import type { ReportContext } from './report-context.ts';

interface PlannedWhere {
  readonly finishIfRunNow?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly options?: RecordedOptions | null | undefined;
  readonly runIt?: string | undefined;
}

/** What a plan found out, in words. */
export function planTold(
  plan: PlanTally | undefined,
  { endpoint, options, finishIfRunNow, runIt }: PlannedWhere,
  { spell }: Pick<ReportContext, 'spell'>,
): ReportedPlan | undefined {
  if (plan === undefined) return undefined;
  const notes = planNotes(plan.byNote, holdsNamedAlone(endpoint, options)).map(spell);
  const isAny = runIt !== undefined && plan.writesNeeded > 0;
  return { ...plan, finishIfRunNow, notes, ...(isAny && { runIt }) };
}

/** Of a plan by which nothing would be done. */
export const NOTHING_PLANNED: PlanTally = { writesNeeded: 0, byNote: {} };

/** A row of a plan has no tip: what can be done about it is said with its reason. */
export function withAdvice(rows: RowFacts, { spell }: Pick<ReportContext, 'spell'>): RowFacts {
  const reasons = rows.reasons.map((reason) => {
    const advice = reason.status.startsWith('would_') ? noteAdvice(reason.tip) : '';
    return advice === '' ? reason : { ...reason, tip: `${reason.tip} ${spell(advice)}` };
  });
  return { ...rows, reasons };
}
