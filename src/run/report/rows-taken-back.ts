import { basename } from 'node:path';
import { UNDO_COLUMNS } from '../../model/result-columns.ts';
import type { EarlierResult } from '../../model/outcome.ts';
import { DistinctCount } from '../../report/rows/distinct-count.ts';
import { ROWS_SHOWN } from '../../report/rows/kept-rows.ts';
import type { BackBy } from '../../report/rows/reported-row.ts';
import type { TakenBackOf } from '../../report/rows/row-facts.ts';
import type { Report } from '../../report/report.ts';
import type { RunRecord } from '../../store/run-store.ts';
import type { Session } from '../../store/sessions.ts';
import { isBack, takenBackBy } from '../record/taken-back.ts';
import { rowsSoFar } from '../rows/rows-so-far.ts';

/** What the undos of a run have taken back, and by whom and when. */
export interface UndosTold {
  readonly told: Report['takenBack'];
  /** Of a row of the run. */
  readonly backOf: TakenBackOf;
}

export const NO_UNDOS: UndosTold = { told: [], backOf: () => undefined };

const ROW = UNDO_COLUMNS.indexOf('Undone row');
const OPPORTUNITY = UNDO_COLUMNS.indexOf('Opportunity');
const ENTITY = UNDO_COLUMNS.indexOf('Entity');

/** Reads each row of the undos. Of the first rows that a page can show it is kept how each was taken back, of others that it was. */
export async function rowsTakenBack(
  undos: readonly RunRecord[],
  spell: (sentence: string) => string,
  most: number = ROWS_SHOWN,
): Promise<UndosTold> {
  const all = new DistinctCount();
  const first = new Map<string, BackBy>();
  const times = new Map<string, Stretch>();
  for (const undo of undos) {
    const { results } = undo.places;
    for await (const { row, finishedAt } of rowsBackIn(undo, spell)) {
      if (all.has(row)) continue;
      all.add(row);
      times.set(results, reaching(times.get(results), finishedAt));
      if (first.size < most) first.set(row, backBy(undo, finishedAt));
    }
  }
  const told = (await takenBackBy(undos)).map((undo) => {
    const sessions = undos.find(({ places }) => places.results === undo.results)?.state.sessions ?? [];
    const whose = new Set(sessions.flatMap((session) => workerOf(session) ?? []));
    return { ...undo, ...times.get(undo.results), by: [...whose] };
  });
  return {
    told,
    backOf: (row) => {
      const key = keysOf(row).find((one) => all.has(one));
      return key === undefined ? undefined : (first.get(key) ?? 'counted');
    },
  };
}

interface RowBack {
  /** As `keyOf` has it. */
  readonly row: string;
  readonly finishedAt: number | undefined;
}

/** None more of an undo whose copy of its input is gone: its own command tells of that. */
async function* rowsBackIn(undo: RunRecord, spell: (sentence: string) => string): AsyncGenerator<RowBack> {
  try {
    for await (const told of rowsSoFar(undo, spell)) {
      if (told === undefined || !isBack(told.line.status)) continue;
      const row = keyOf(told.own[ROW], told.own[OPPORTUNITY], told.own[ENTITY]);
      yield { row, finishedAt: told.line.finishedAt };
    }
  } catch {
    // What could be read stands.
  }
}

function backBy({ places, state }: RunRecord, atMs: number | undefined): BackBy {
  const whose = workerOf(sessionAt(state.sessions, atMs));
  return {
    by: [basename(places.results), ...(whose === undefined ? [] : [whose])].join(', '),
    at: atMs === undefined ? '' : new Date(atMs).toISOString(),
  };
}

/** A row of a split cell shares its number with others; what was removed may come back by its whole ARN. */
function keyOf(row = '', opportunity = '', entity = ''): string {
  return `${row} ${opportunity} ${entity.split('/').at(-1) ?? ''}`;
}

/** An undo removes what was attached as the replacement; of a replacement that went no further, the old entity comes back. */
function keysOf({ cells }: EarlierResult): readonly string[] {
  const { row, opportunity_id: opportunity, entity_id: entity, replacement_id: replacement = '' } = cells;
  return [...(replacement === '' ? [] : [replacement]), entity].map((id) => keyOf(row, opportunity, id));
}

/** From the first to the last of what was taken back, epoch milliseconds. */
interface Stretch {
  readonly fromMs?: number;
  readonly toMs?: number;
}

function reaching({ fromMs, toMs }: Stretch = {}, atMs: number | undefined): Stretch {
  if (atMs === undefined)
    return { ...(fromMs !== undefined && { fromMs }), ...(toMs !== undefined && { toMs }) };
  return { fromMs: Math.min(fromMs ?? atMs, atMs), toMs: Math.max(toMs ?? atMs, atMs) };
}

function sessionAt(sessions: readonly Session[], atMs: number | undefined): Session | undefined {
  if (atMs === undefined) return sessions.at(-1);
  return sessions.findLast(({ startedAt }) => Date.parse(startedAt) <= atMs) ?? sessions[0];
}

/** As AWS names them; else as the operating system does. */
function workerOf(session: Session | undefined): string | undefined {
  if (session === undefined) return undefined;
  const { caller, user, host } = session;
  if (caller !== null) return caller.arn;
  return user === null ? undefined : `${user} at ${host ?? 'a host'}`;
}
