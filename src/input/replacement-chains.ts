import type { RelatedEntity } from '../model/entity.ts';
import type { Target, ValidRow } from '../model/row.ts';
import { RunError } from '../model/run-error.ts';
import { SeenTargets } from './rows/seen-targets.ts';

/** Watches the rows with a replacement for two of one opportunity of which one replaces what the other attaches. */
export interface ChainWatch {
  /** Throws a `RunError` that names both rows. */
  readonly add: (row: ValidRow) => void;
}

/** In such a pair the order of the rows would decide what is left; a circle would end as it began. */
export function watchChains(name: string): ChainWatch {
  const removed = new SeenTargets();
  const attached = new SeenTargets();
  return {
    add: ({ row, target }) => {
      const { opportunityId, entity, replacement } = target;
      if (replacement === undefined) return;
      const of = (one: RelatedEntity): Target => ({ opportunityId, entity: one });
      const removedBy = removed.rowOf(of(replacement));
      if (removedBy !== 0) throw chained(name, replacement.id, { target, row: removedBy, attachedIn: row });
      const attachedBy = attached.rowOf(of(entity));
      if (attachedBy !== 0) throw chained(name, entity.id, { target, row, attachedIn: attachedBy });
      removed.firstRowOf(of(entity), row);
      attached.firstRowOf(of(replacement), row);
    },
  };
}

interface Chained {
  readonly target: Target;
  /** The row that replaces it. */
  readonly row: number;
  readonly attachedIn: number;
}

function chained(name: string, id: string, { target, row, attachedIn }: Chained): RunError {
  return new RunError(
    'input_format',
    `${name}: row ${attachedIn} attaches ${id} to ${target.opportunityId} as a replacement, and row ${row} replaces it again: a chain of which nobody can tell what is to be left.`,
    { code: 'map_straight' },
  );
}
