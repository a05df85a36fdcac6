import { attaches, type Write, WRITES } from '../model/call.ts';
import type { RowNote, RowOutcome } from '../model/outcome.ts';
import type { Preflight } from './look/preflight.ts';

const NO_CALLS = { attempts: 0, requestIds: [] } as const;

/** Tells what a run would do with a row, by what its opportunity holds and what the rows before it would have changed. */
export async function planRow(
  writes: readonly [Write, ...Write[]],
  preflight: Pick<Preflight, 'clear'>,
): Promise<RowOutcome> {
  const notes: RowNote[] = [];
  let writesNeeded = 0;
  for (const [place, write] of writes.entries()) {
    const others = { before: writes.slice(0, place), after: writes.slice(place + 1) };
    const clearance = await preflight.clear(write, others);
    if (clearance.kind === 'detach_first') return planDetachFirst(writes, preflight);
    if (clearance.kind === 'refuse') return { status: 'failed', fault: clearance.fault, calls: NO_CALLS };
    if (clearance.kind === 'skip') return { status: 'skipped', why: clearance.why };
    if (clearance.kind === 'needless') {
      if (writes.length > 1) notes.push(attaches(write.operation) ? 'already_attached' : 'old_absent');
      continue;
    }
    clearance.ended(true);
    writesNeeded += 1;
    notes.push(...clearance.notes);
  }
  const last = writes.at(-1) ?? writes[0];
  const { needless, would } = WRITES[last.operation];
  if (writesNeeded === 0) return { status: needless, confirmedBy: 'preflight', calls: NO_CALLS };
  return { status: writes.length > 1 ? 'would_replace' : would, notes: [...new Set(notes)], writesNeeded };
}

/** The same in the other order; the third write is needed only where the second is refused. */
async function planDetachFirst(
  [attach, detach = attach]: readonly [Write, ...Write[]],
  preflight: Pick<Preflight, 'clear'>,
): Promise<RowOutcome> {
  const planned = await planRow([detach, attach], preflight);
  return 'notes' in planned ? { ...planned, notes: ['detach_first', ...planned.notes] } : planned;
}
