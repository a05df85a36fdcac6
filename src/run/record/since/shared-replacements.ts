import { lastSegment } from '../../../model/entity.ts';
import { OPERATIONS } from '../../../model/operation.ts';
import type { Target } from '../../../model/row.ts';
import type { RunRecord, RunStore } from '../../../store/run-store.ts';
import type { ChangeToUndo } from '../changes-to-undo.ts';
import { earlierRun, undosOf } from './earlier-run.ts';
import { associationsBack } from './taken-back.ts';

/** Changes that are to be taken back, and how many of them leave a replacement where it is. */
export interface UnsharedChanges {
  readonly changes: readonly ChangeToUndo[];
  readonly shared: number;
}

/**
 * Where several rows have put one entity in the place of theirs, it stays as long as one of them is not taken back: its opportunity would hold neither.
 * `all`: the run's, of which `changes` are some; `back`: what earlier undos have brought back, as `associationsIn` has it.
 */
export function keepShared(
  changes: readonly ChangeToUndo[],
  all: readonly ChangeToUndo[],
  back: ReadonlySet<string>,
): UnsharedChanges {
  const meant = new Set(changes.map(({ row, target }) => `${row} ${placeOf(target)}`));
  const stays = new Set(
    all
      .filter(({ row, target }) => !meant.has(`${row} ${placeOf(target)}`))
      .flatMap(({ gaveWayTo, removed }) =>
        gaveWayTo === undefined || removed === undefined || back.has(placeOf(removed))
          ? []
          : [placeOf(gaveWayTo)],
      ),
  );
  if (stays.size === 0) return { changes, shared: 0 };
  let shared = 0;
  const kept = changes.flatMap((change) => {
    const { target, removes } = change;
    if (!removes || !stays.has(placeOf(target))) return [change];
    shared += 1;
    const { opportunityId, replacement } = target;
    if (replacement === undefined) return [];
    const operation = OPERATIONS[change.operation].inverse;
    const only = { operation, target: { opportunityId, entity: replacement } };
    return [{ ...change, ...only, detachFirst: false, removes: false }];
  });
  return { changes: kept, shared };
}

/** The same of a run that may have been undone in part before. */
export async function withoutShared(
  run: RunRecord,
  { changes, all }: Record<'changes' | 'all', readonly ChangeToUndo[]>,
  runs: Pick<RunStore, 'beside'>,
): Promise<UnsharedChanges> {
  if (changes.length === all.length) return { changes, shared: 0 };
  return keepShared(changes, all, await associationsBack(await undosOf(earlierRun(run), runs)));
}

function placeOf({ opportunityId, entity }: Target): string {
  return `${opportunityId} ${lastSegment(entity.id)}`;
}
