import type { InputOptions } from '../../input/columns/input-options.ts';
import { openInput } from '../../input/open-input.ts';
import { attaches, type WriteOperation, WRITES } from '../../model/call.ts';
import { entityAs } from '../../model/entity.ts';
import type { RowOutcome, RowStatus } from '../../model/outcome.ts';
import { rowKey, type Target } from '../../model/row.ts';
import type { EarlierTries } from '../../store/journal-state.ts';
import { replayOutcomes } from '../../store/replay-outcomes.ts';
import type { RunContents } from '../../store/run-store.ts';
import { inputOptionsOfRun, operationFrom } from '../request/input-terms.ts';
import { OPERATIONS, type Operation } from '../../model/operation.ts';

/** The change that takes back what a run really changed for one of its rows. */
export interface ChangeToUndo {
  readonly row: number;
  /** With a replacement, what the run removed is attached before what it attached is removed. */
  readonly operation: Operation;
  readonly target: Target;
  /** The run detached first, and so does its undoing where there is no place otherwise. */
  readonly detachFirst: boolean;
  /** Epoch milliseconds. */
  readonly finishedAt: number;
  /** Whether what the target names is removed by it: the run had attached it. */
  readonly removes: boolean;
  /** What the run removed for this row, and what was to take its place: attached by this row, or there already. */
  readonly removed: Target | undefined;
  readonly gaveWayTo: Target | undefined;
  /** The run was cut off in its call: whether that was made is not known. */
  readonly inDoubt: boolean;
}

/** What undoing a run comes to. */
export interface RowsToUndo {
  /** Newest first. */
  readonly changes: readonly ChangeToUndo[];
  /** Rows whose status is `unknown` and of which no change is known: they are left alone, though one may have been made. */
  readonly unknown: readonly UnknownRow[];
}

export interface UnknownRow {
  readonly row: number;
  readonly target: Target;
}

/** The rows of the run that are meant; all, where nothing is said. */
export type UndoSelection = Pick<InputOptions, 'where' | 'entities'> & {
  readonly only?: readonly RowStatus[] | undefined;
};

/** The run's own conditions decide which of two equal rows it took. */
function selectedOf(own: InputOptions, { where = [], entities }: UndoSelection): InputOptions {
  return { ...own, where: [...(own.where ?? []), ...where], entities: entities ?? own.entities };
}

/**
 * The rows that a run really changed, newest first. What it may have changed as it was cut off is taken for changed:
 * attaching what is there does no harm. Held in memory: some 200 bytes a row.
 */
export async function changesToUndo(run: RunContents, selected: UndoSelection = {}): Promise<RowsToUndo> {
  const { job, state } = run;
  const source = { name: job.input.name, bytes: run.input() };
  // The run has judged its rows: what it changed is taken back, whatever would be thought of its row today.
  const options = { ...inputOptionsOfRun(run), ownTable: true };
  const opened = await openInput(source, selectedOf(options, selected));
  const recorded = replayOutcomes(run.entries());
  const own = operationFrom(job.terms);
  const changes: ChangeToUndo[] = [];
  const unknown: UnknownRow[] = [];
  try {
    for await (const batch of opened.batches) {
      for (const row of batch) {
        if (row.kind !== 'valid') continue;
        const outcome = await recorded.take(row.ordinal, rowKey(row.target));
        const status = outcome?.status ?? 'unknown';
        if (selected.only?.some((one) => one === status) === false) continue;
        const tried = state.unsettled.get(row.ordinal);
        const changed = outcome === undefined ? triedBy(tried) : madeBy(outcome, own);
        const doubtful = outcome === undefined && tried?.standing === 'in_doubt';
        if (changed.made.length > 0)
          changes.push({
            row: row.row,
            finishedAt: changed.at,
            inDoubt: doubtful,
            ...takingBack(own, row.target, changed),
          });
        else if (outcome?.status === 'unknown') unknown.push({ row: row.row, target: row.target });
      }
    }
  } finally {
    await Promise.all([recorded.close(), opened.close()]);
  }
  const newestFirst = changes.toReversed().toSorted((left, right) => right.finishedAt - left.finishedAt);
  return { changes: withoutThoseThatCancelOut(newestFirst), unknown };
}

/** An entity that one row attached and another removed is as it was before: the two would be taken for one row, twice. */
function withoutThoseThatCancelOut(changes: readonly ChangeToUndo[]): readonly ChangeToUndo[] {
  const left = new Map<string, ChangeToUndo>();
  for (const change of changes) {
    const { opportunityId, entity, replacement } = change.target;
    const key = [opportunityId, entity.type, entity.id, replacement?.id ?? ''].join(' ');
    if (!left.delete(key)) left.set(key, change);
  }
  return [...left.values()];
}

/** The changes of one row, and when the last of them was made, epoch milliseconds. */
interface RowChanges {
  readonly made: readonly WriteOperation[];
  readonly at: number;
  /** The removed entity's whole ARN, where the row names its last segment alone. */
  readonly removedAs?: string | undefined;
}

/**
 * Where a replacement was attached and whether the old one was removed is unknown, it is taken for removed: removing
 * the replacement alone might leave the opportunity with neither.
 */
function madeBy(outcome: RowOutcome, own: Operation): RowChanges {
  if (!('calls' in outcome) || outcome.calls.made === undefined) return { made: [], at: 0 };
  const { made, finishedAt = 0, removedAs } = outcome.calls;
  const write = OPERATIONS[own].write;
  const other = made.includes(write) ? WRITES[write].inverse : write;
  return { made: outcome.status === 'unknown' ? [...made, other] : made, at: finishedAt, removedAs };
}

function triedBy(earlier: EarlierTries | undefined): RowChanges {
  if (earlier === undefined) return { made: [], at: 0 };
  const { madeBefore, call, standing, startedAt: at, part, removedAs } = earlier;
  // Attached again, the old one is where it was; unless that is known, undo attaches it.
  if (part?.kind === 'restore') return { made: standing === 'succeeded' ? [] : madeBefore, at, removedAs };
  return { made: standing === 'not_done' ? madeBefore : [...madeBefore, call], at, removedAs };
}

/** Only what was made is taken back: of a replacement, perhaps one of its two calls. What was removed comes back as it was held. */
function takingBack(
  operation: Operation,
  { opportunityId, entity: named, replacement }: Target,
  { made, removedAs }: RowChanges,
): Pick<ChangeToUndo, 'operation' | 'target' | 'detachFirst' | 'removes' | 'removed' | 'gaveWayTo'> {
  const { write, replaces, inverse: back } = OPERATIONS[operation];
  const entity = entityAs(named, removedAs);
  const isGone = replaces && made.includes(write);
  const gone = {
    removed: isGone ? { opportunityId, entity: named } : undefined,
    gaveWayTo: isGone && replacement !== undefined ? { opportunityId, entity: replacement } : undefined,
  };
  if (replacement === undefined || !replaces || !made.includes(WRITES[write].inverse)) {
    const target = { opportunityId, entity };
    return {
      operation: back,
      target,
      detachFirst: false,
      removes: !attaches(OPERATIONS[back].write),
      ...gone,
    };
  }
  const removed = made.includes(write) ? { replacement: entity } : {};
  const detachFirst = made.length > 1 && made[0] === write;
  const target = { opportunityId, entity: replacement, ...removed };
  return { operation, target, detachFirst, removes: true, ...gone };
}
