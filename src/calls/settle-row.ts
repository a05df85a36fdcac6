import { attaches, WRITES, type Write } from '../model/call.ts';
import { REPLACEMENT_GONE } from '../model/fault.ts';
import type { RowOutcome, CallRecord } from '../model/outcome.ts';
import type { EarlierTries, UndoneRow } from '../store/journal-state.ts';
import type { Clearance } from './look/preflight.ts';
import { detachFirst, hasDetachedFirst } from './detach-first.ts';
import { LOST_ANSWER, type CallResult, type Sighting } from './settle-call.ts';
import {
  recordMade,
  settleCleared,
  settledOutcome,
  sightDoubt,
  type RowPorts,
  type SeeingPorts,
  type StepResult,
} from './settle-step.ts';

/** Settles a row: its calls one after the other, up to the first that fails. */
export async function settleRow(
  writes: readonly [Write, ...Write[]],
  earlier: EarlierTries | undefined,
  ports: RowPorts,
): Promise<RowOutcome> {
  if (earlier?.undone !== undefined) return takenBack(writes, earlier.undone, ports.record());
  const seeing = seeingPorts(ports);
  if (hasDetachedFirst(earlier)) return detachFirst(writes, earlier, seeing);
  // Of an old entity that was to go first, and is known not to have gone, nothing is left to be known.
  const tries = earlier?.part === undefined ? earlier : undefined;
  const results: StepResult[] = [];
  const record = (): CallRecord => recordMade(writes, results, ports.record());
  for (const write of writes) {
    const step = { write, writes, earlier: tries };
    const before = results.at(-1);
    const result = resultOfEarlier(step) ?? (await settleStep(step, standingOn(step, before, seeing.ports)));
    if (result.kind === 'skip') {
      const calls = record();
      return { status: 'skipped', why: result.why, ...(calls.attempts > 0 && { calls }) };
    }
    if (result.kind === 'detach_first') return detachFirst(writes, undefined, seeing);
    if (result.kind === 'failed' || result.kind === 'unknown') {
      const met = { operation: write.operation, opportunitySeen: seeing.opportunitySeen() };
      return { ...unsettled(result, record()), ...(!('by' in result) && { write: met }) };
    }
    results.push(result);
  }
  return settledOutcome(writes, results, record());
}

/** Whoever has undone a run wants nothing of that done again by going on with it. */
function takenBack(
  writes: readonly [Write, ...Write[]],
  { by, found }: UndoneRow,
  calls: CallRecord,
): RowOutcome {
  const [{ operation }, ...others] = writes;
  const words = `The undo ${by} has taken back what was done of it; it is not sent again.`;
  if (others.length > 0) {
    const fault = { kind: 'refused', exception: REPLACEMENT_GONE, message: words } as const;
    return { status: 'failed', fault, calls };
  }
  if (found === 'made') {
    return { status: WRITES[operation].done, confirmedBy: 'read', calls: { ...calls, made: [operation] } };
  }
  const message = `${LOST_ANSWER.message}\nThe undo ${by} found that it had not been done; it is not sent again.`;
  return { status: 'failed', fault: { ...LOST_ANSWER, message }, calls };
}

/** The same ports, and whether any of their reads showed the opportunity. */
function seeingPorts(ports: RowPorts): SeeingPorts {
  let seen = false;
  const noting = (sighting: Sighting): Sighting => {
    seen ||= sighting !== 'unreadable';
    return sighting;
  };
  return {
    ports: {
      ...ports,
      clear: async (write, others) => {
        const clearance = await ports.clear(write, others);
        seen ||=
          ['needless', 'detach_first'].includes(clearance.kind) || ('read' in clearance && clearance.read);
        return clearance;
      },
      look: async (write) => noting(await ports.look(write)),
      lookTwice: async (write) => noting(await ports.lookTwice(write)),
    },
    opportunitySeen: () => seen,
  };
}

interface Step {
  readonly write: Write;
  readonly writes: readonly Write[];
  readonly earlier: EarlierTries | undefined;
}

/** A look comes first; what an earlier session tried, and never saw answered, is then settled by reads of its own. */
async function settleStep({ write, writes, earlier }: Step, ports: RowPorts): Promise<RowStepResult> {
  const inDoubt = earlier?.call === write.operation && earlier.standing === 'in_doubt';
  const doubt = inDoubt ? LOST_ANSWER : undefined;
  const place = writes.indexOf(write);
  const others = { before: writes.slice(0, place), after: writes.slice(place + 1) };
  const clearance = await ports.clear(write, others);
  if (clearance.kind === 'skip' || clearance.kind === 'detach_first') {
    return (await sightDoubt(write, doubt, ports)) ?? clearance;
  }
  return settleCleared(write, doubt, clearance, ports);
}

/** A step may also turn out to be left out, or to be the wrong one to begin with. */
type RowStepResult = StepResult | Extract<Clearance, { readonly kind: 'skip' | 'detach_first' }>;

/** What is removed for a replacement goes only while that is there: seen by this session, and not long ago. */
function standingOn(
  { write, writes, earlier }: Step,
  before: StepResult | undefined,
  ports: RowPorts,
): RowPorts {
  const attached = writes[writes.indexOf(write) - 1];
  if (attached === undefined || before === undefined || !attaches(attached.operation)) return ports;
  const seenNow = resultOfEarlier({ write: attached, writes, earlier }) === undefined;
  const beforeLeaving = ports.whileHeld(attached, seenNow);
  return { ...ports, send: (one, priority, part) => ports.send(one, priority, part, beforeLeaving) };
}

/** A call that an earlier session saw answered well, or that it had gone beyond, is not made again. */
function resultOfEarlier({ write, writes, earlier }: Step): StepResult | undefined {
  if (earlier === undefined) return undefined;
  const { operation } = write;
  const succeeded = operation === earlier.call && earlier.standing === 'succeeded';
  if (succeeded || earlier.madeBefore.includes(operation)) return { kind: 'made', confirmedBy: 'answer' };
  const reached = writes.findIndex((other) => other.operation === earlier.call);
  return writes.indexOf(write) < reached ? { kind: 'needless', by: 'preflight' } : undefined;
}

function unsettled(
  result: Extract<CallResult, { kind: 'failed' | 'unknown' }>,
  calls: CallRecord,
): Extract<RowOutcome, { status: 'failed' | 'unknown' }> {
  const { fault } = result;
  if (calls.made === undefined) return { status: result.kind, fault, calls };
  const kept = 'the old entity was not removed.';
  const isGone = fault.exception === REPLACEMENT_GONE;
  const attached = isGone ? `So ${kept}` : `The replacement was attached; ${kept}`;
  const message = fault.message === '' ? attached : `${fault.message}\n${attached}`;
  return { status: result.kind, fault: { ...fault, message }, calls };
}
