import type { Write } from '../model/call.ts';
import { entityAs } from '../model/entity.ts';
import { oneLine, REPLACEMENT_LOST, type Fault } from '../model/fault.ts';
import type { RowOutcome } from '../model/outcome.ts';
import type { DetachFirstPart } from '../store/journal-line.ts';
import type { EarlierTries } from '../store/journal-state.ts';
import type { Clearance } from './look/preflight.ts';
import { LOST_ANSWER } from './settle-call.ts';
import {
  recordMade,
  settleCleared,
  settledOutcome,
  sightDoubt,
  type Cleared,
  type RowPorts,
  type SeeingPorts,
  type StepResult,
} from './settle-step.ts';

type EarlierParts = EarlierTries & { readonly part: DetachFirstPart };

/** Whether an earlier session may have detached the row's old entity first: then the row is brought to its end that way. */
export function hasDetachedFirst(earlier: EarlierTries | undefined): earlier is EarlierParts {
  if (earlier?.part === undefined) return false;
  return earlier.part.kind !== 'detach' || earlier.standing !== 'not_done';
}

/**
 * Settles a replacement that has no place until the old entity is gone: detaches that, attaches the new one, and attaches
 * the old one again where the new one fails. `writes` are the row's, the attachment first.
 */
export async function detachFirst(
  writes: readonly [Write, ...Write[]],
  earlier: EarlierParts | undefined,
  { ports, opportunitySeen }: SeeingPorts,
): Promise<RowOutcome> {
  const [attach, detach = attach] = writes;
  const row: Row = { attach, detach, earlier, ports };
  const meet = (write: Write): Met => ({
    write: { operation: write.operation, opportunitySeen: opportunitySeen() },
  });

  const detached = await detachOld(row);
  if (detached.kind === 'skip') {
    const calls = ports.record();
    return { status: 'skipped', why: detached.why, ...(calls.attempts > 0 && { calls }) };
  }
  if (isOpen(detached)) return notDetached(row, detached, meet(detach));

  const attached = await attachNew(row);
  const calls = recordMade([detach, attach], [detached, attached], ports.record());
  if (!isOpen(attached)) return settledOutcome(writes, [attached, detached], calls);
  const met = 'by' in attached ? {} : meet(attach);
  if (attached.kind === 'unknown' || detached.kind === 'needless') {
    const words = attached.kind === 'unknown' ? `whether ${idOf(attach)} was attached is not known` : '';
    return {
      status: attached.kind,
      fault: adding(attached.fault, oldIsGone(row, detached, words)),
      calls,
      ...met,
    };
  }
  const { fault: refusal } = attached;
  return restored(row, refusal, await attachOldAgain(row, refusal), met);
}

interface Row {
  readonly attach: Write;
  readonly detach: Write;
  readonly earlier: EarlierParts | undefined;
  readonly ports: RowPorts;
}

type Open = Extract<StepResult, { readonly kind: 'failed' | 'unknown' }>;
type Met = Pick<Extract<RowOutcome, { readonly status: 'failed' }>, 'write'>;

function isOpen(result: StepResult): result is Open {
  return result.kind === 'failed' || result.kind === 'unknown';
}

async function detachOld(row: Row): Promise<StepResult | Extract<Clearance, { readonly kind: 'skip' }>> {
  const { earlier, attach, detach, ports } = row;
  if (earlier !== undefined && (earlier.part.kind !== 'detach' || earlier.standing === 'succeeded')) {
    const made = earlier.part.kind === 'detach' || earlier.madeBefore.includes(detach.operation);
    return made ? { kind: 'made', confirmedBy: 'answer' } : { kind: 'needless', by: 'preflight' };
  }
  const doubt = earlier === undefined ? undefined : LOST_ANSWER;
  const clearance = await ports.clear(detach, { before: [], after: [attach] });
  if (clearance.kind === 'skip') return (await sightDoubt(detach, doubt, ports)) ?? clearance;
  return settleCleared(detach, doubt, begun(clearance), partPorts({ kind: 'detach' }, ports));
}

async function attachNew(row: Row): Promise<StepResult> {
  const { earlier, attach, detach, ports } = row;
  if (earlier?.part.kind === 'restore') return { kind: 'failed', fault: earlier.part.refusal };
  const doubt = doubtAt('attach', earlier);
  if (doubt === 'succeeded') return { kind: 'made', confirmedBy: 'answer' };
  const clearance = await ports.clear(attach, { before: [detach], after: [] });
  return settleCleared(attach, doubt, begun(clearance), partPorts({ kind: 'attach' }, ports));
}

/** Whatever a look says: the row itself took it away. */
async function attachOldAgain(row: Row, refusal: Fault): Promise<StepResult> {
  const { earlier, detach, ports } = row;
  const { opportunityId, entity } = detach.association;
  const association = { opportunityId, entity: entityAs(entity, ports.record().removedAs) };
  const write: Write = { operation: row.attach.operation, association };
  const doubt = doubtAt('restore', earlier);
  if (doubt === 'succeeded') return { kind: 'made', confirmedBy: 'answer' };
  const clearance = await ports.clear(write, { before: [detach], after: [] });
  const cleared = clearance.kind === 'go' ? clearance : UNSEEN;
  return settleCleared(
    write,
    doubt,
    cleared,
    partPorts({ kind: 'restore', refusal }, lookingAfterLag(ports)),
  );
}

function doubtAt(
  part: DetachFirstPart['kind'],
  earlier: EarlierParts | undefined,
): Fault | undefined | 'succeeded' {
  if (earlier?.part.kind !== part) return undefined;
  if (earlier.standing === 'succeeded') return 'succeeded';
  return earlier.standing === 'in_doubt' ? LOST_ANSWER : undefined;
}

const UNSEEN: Cleared = { kind: 'go', notes: [], read: false, ended: () => undefined };

/** A row that has begun is neither left out nor turned round. */
function begun(clearance: Clearance): Cleared {
  return clearance.kind === 'skip' || clearance.kind === 'detach_first' ? UNSEEN : clearance;
}

/**
 * The journal tells the parts apart: two of the calls are of one operation. While the opportunity holds neither entity, its
 * row goes ahead of new ones.
 */
function partPorts(part: DetachFirstPart, ports: RowPorts): RowPorts {
  const send: RowPorts['send'] = (write, priority) =>
    ports.send(write, part.kind === 'detach' ? priority : 'retry', part);
  return { ...ports, send };
}

/** The old entity was there a moment ago: a read that lags would show it as if it had come back. */
function lookingAfterLag(ports: RowPorts): RowPorts {
  const look: RowPorts['look'] = async (write) => {
    if (ports.readLagMs > 0) await ports.backOff(ports.readLagMs);
    return ports.look(write);
  };
  return { ...ports, look, lookTwice: look };
}

function notDetached({ attach, detach, ports }: Row, open: Open, met: Met): RowOutcome {
  const { kind: status, fault } = open;
  const words =
    status === 'unknown'
      ? `Whether ${idOf(detach)} was detached is not known; ${idOf(attach)} was not attached.`
      : 'Nothing was changed.';
  return { status, fault: adding(fault, words), calls: ports.record(), ...(!('by' in open) && met) };
}

function oldIsGone({ attach, detach }: Row, detached: StepResult, words: string): string {
  const old = idOf(detach);
  if (detached.kind === 'needless')
    return `${old} was gone already; ${words === '' ? `${idOf(attach)} was not attached` : words}.`;
  return `${old} was detached for it; ${words}.`;
}

/** The row once the new entity was refused: it is what it was, or the worst has happened. */
function restored({ attach, detach, ports }: Row, refusal: Fault, back: StepResult, met: Met): RowOutcome {
  const [old, other] = [idOf(detach), idOf(attach)];
  const calls = ports.record();
  if (back.kind === 'made' || back.kind === 'needless') {
    const words = `${old} was detached for it and is attached again: the opportunity is as it was.`;
    return { status: 'failed', fault: adding(refusal, words), calls, ...met };
  }
  const lost = { ...calls, made: [detach.operation] };
  const why = `${old} was detached for ${other}, which was not attached (${oneLine(refusal)})`;
  if (back.kind === 'unknown') {
    const words = `${why}; whether ${old} is attached again is not known.`;
    return { status: 'unknown', fault: adding(back.fault, words), calls: lost, ...met };
  }
  const message = `${why}, and ${old} could not be attached again (${oneLine(back.fault)}): the opportunity has neither.`;
  return {
    status: 'failed',
    fault: { ...back.fault, kind: 'refused', exception: REPLACEMENT_LOST, message },
    calls: lost,
    ...met,
  };
}

function adding(fault: Fault, words: string): Fault {
  return { ...fault, message: fault.message === '' ? words : `${fault.message}\n${words}` };
}

function idOf({ association }: Write): string {
  return association.entity.id;
}
