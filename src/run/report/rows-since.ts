import { basename } from 'node:path';
import { UNDO_COLUMNS } from '../../model/result-columns.ts';
import { isChange, type EarlierResult } from '../../model/outcome.ts';
import { DistinctCount } from '../../report/rows/distinct-count.ts';
import { ROWS_SHOWN } from '../../report/rows/kept-rows.ts';
import { TAKEN_BACK, type SinceBy } from '../../report/rows/reported-row.ts';
import type { SinceOf } from '../../report/rows/row-facts.ts';
import type { Report, ReportedRunSince } from '../../report/report.ts';
import type { RunRecord } from '../../store/run-store.ts';
import type { Session } from '../../store/sessions.ts';
import { readBackBefore, type UndosBefore } from '../record/since/changed-before.ts';
import { readDoneSince, type RowDoneSince } from '../record/since/done-since.ts';
import type { RunAgain, RunsSince } from '../record/since/runs-since.ts';
import { changedAgain, isBack, takenBackBy } from '../record/since/taken-back.ts';
import { rowsSoFar } from '../rows/rows-so-far.ts';

/** What later runs have done with the rows of a run, and by whom and when. */
export interface SinceTold extends Pick<RunsSince, 'corrected'> {
  readonly takenBack: Report['takenBack'];
  /** Of the rows that were asked about. */
  readonly doneSince: () => Report['doneSince'];
  /** Of those, too. */
  readonly before: () => Report['before'];
  /** Of a row of the run. Without its place in the results as the run left them, only whether it was taken back. */
  readonly of: (row: EarlierResult, ordinal: number | undefined) => ReturnType<SinceOf>;
}

export const NOTHING_SINCE: SinceTold = {
  takenBack: [],
  doneSince: () => [],
  before: () => ({ lookedAt: false, takenBack: [] }),
  of: () => undefined,
};

/** Whatever is told of rows, it is told by the journals of the later runs. */
export async function rowsSince(
  { corrected, undos, again }: RunsSince,
  before: UndosBefore,
  { spell, beganMs }: { readonly spell: (sentence: string) => string; readonly beganMs: number },
): Promise<SinceTold> {
  const back = await rowsTakenBack({ undos, again }, spell);
  const done = await rowsDoneSince(again);
  const earlier = await rowsBackBefore(before);
  const { undos: _undos, ...looked } = before;
  return {
    ...(corrected !== undefined && { corrected }),
    takenBack: back.told,
    doneSince: done.told,
    before: () => ({ ...looked, takenBack: earlier.told() }),
    of: (row, ordinal) =>
      isChange(row.status) && (row.finishedAt ?? beganMs) < beganMs
        ? earlier.of(row)
        : ((ordinal === undefined ? undefined : done.of(row, ordinal)) ?? back.backOf(row)),
  };
}

interface CountedRuns {
  readonly count: (run: RunRecord, atMs?: number) => void;
  readonly told: () => readonly ReportedRunSince[];
}

function countRuns(): CountedRuns {
  const counted = new Map<RunRecord, { rows: number; times: Stretch }>();
  return {
    count: (run, atMs) => {
      const { rows, times } = counted.get(run) ?? { rows: 0, times: {} };
      counted.set(run, { rows: rows + 1, times: reaching(times, atMs) });
    },
    told: () =>
      [...counted].map(([run, { rows, times }]) => ({
        results: run.places.results,
        rows,
        ...times,
        by: workersOf(run),
      })),
  };
}

/** Of lines that an earlier run has left. */
async function rowsBackBefore(before: UndosBefore): Promise<{
  readonly told: () => Report['before']['takenBack'];
  readonly of: (row: EarlierResult) => SinceBy | undefined;
}> {
  const backOf = await readBackBefore(before);
  const { count, told } = countRuns();
  return {
    told,
    of: (row) => {
      const undo = backOf(row);
      if (undo === undefined) return undefined;
      count(undo);
      return { as: TAKEN_BACK, ...by(undo, undefined) };
    },
  };
}

interface DoneTold {
  readonly told: () => Report['doneSince'];
  readonly of: (row: EarlierResult, ordinal: number) => SinceBy | undefined;
}

async function rowsDoneSince(again: readonly RunAgain[]): Promise<DoneTold> {
  const doneOf = await readDoneSince(again);
  const { count, told } = countRuns();
  return {
    told,
    of: (row, ordinal) => {
      const done = doneOf(row, ordinal);
      if (done === undefined) return undefined;
      count(done.run, done.atMs);
      return doneBy(done);
    },
  };
}

function doneBy({ run, status, atMs }: RowDoneSince): SinceBy {
  return { as: status, ...by(run, atMs) };
}

interface BackTold {
  readonly told: Report['takenBack'];
  readonly backOf: (row: EarlierResult) => SinceBy | 'counted' | undefined;
}

const ROW = UNDO_COLUMNS.indexOf('Undone row');
const OPPORTUNITY = UNDO_COLUMNS.indexOf('Opportunity');
const ENTITY = UNDO_COLUMNS.indexOf('Entity');

/** Reads each row of the undos. Of the first rows that a page can show it is kept how each was taken back, of others that it was. */
async function rowsTakenBack(
  { undos, again }: Pick<RunsSince, 'undos' | 'again'>,
  spell: (sentence: string) => string,
  most: number = ROWS_SHOWN,
): Promise<BackTold> {
  const all = new DistinctCount();
  const first = new Map<string, SinceBy>();
  const times = new Map<string, Stretch>();
  const changed = await changedAgain(undos, again);
  for (const undo of undos) {
    const { results } = undo.places;
    for await (const { row, association, finishedAt } of rowsBackIn(undo, spell)) {
      if (all.has(row) || changed.has(association)) continue;
      all.add(row);
      times.set(results, reaching(times.get(results), finishedAt));
      if (first.size < most) first.set(row, { as: TAKEN_BACK, ...by(undo, finishedAt) });
    }
  }
  const told = (await takenBackBy(undos, again)).map((undo) => {
    const whose = undos.find(({ places }) => places.results === undo.results);
    return { ...undo, ...times.get(undo.results), by: whose === undefined ? [] : workersOf(whose) };
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
  /** As `associationsIn` has it. */
  readonly association: string;
  readonly finishedAt: number | undefined;
}

/** None more of an undo whose copy of its input is gone: its own command tells of that. */
async function* rowsBackIn(undo: RunRecord, spell: (sentence: string) => string): AsyncGenerator<RowBack> {
  try {
    for await (const told of rowsSoFar(undo, spell)) {
      if (told === undefined || !isBack(told.line.status)) continue;
      const row = keyOf(told.own[ROW], told.own[OPPORTUNITY], told.own[ENTITY]);
      const entity = told.own[ENTITY]?.split('/').at(-1) ?? '';
      yield {
        row,
        association: `${told.own[OPPORTUNITY] ?? ''} ${entity}`,
        finishedAt: told.line.finishedAt,
      };
    }
  } catch {
    // What could be read stands.
  }
}

/** `atMs`: when it had to do with the row. */
function by({ places, state }: RunRecord, atMs: number | undefined): Pick<SinceBy, 'by' | 'at'> {
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

/** From the first to the last of what was done with rows, epoch milliseconds. */
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

function workersOf({ state }: RunRecord): ReportedRunSince['by'] {
  return [...new Set(state.sessions.flatMap((session) => workerOf(session) ?? []))];
}

/** As AWS names them; else as the operating system does. */
function workerOf(session: Session | undefined): string | undefined {
  if (session === undefined) return undefined;
  const { caller, user, host } = session;
  if (caller !== null) return caller.arn;
  return user === null ? undefined : `${user} at ${host ?? 'a host'}`;
}
