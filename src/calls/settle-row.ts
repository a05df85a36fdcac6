import { type Write, WRITES } from '../model/call.ts';
import { assertNever, type Fault } from '../model/fault.ts';
import type { CallRecord, RowOutcome, SkipReason } from '../model/outcome.ts';
import type { Clearance, Preflight } from './look/preflight.ts';
import type { EarlierTries } from '../store/journal-state.ts';
import {
  bySighting,
  LOST_ANSWER,
  settleCall,
  type CallPorts,
  type CallResult,
  type Sighting,
} from './settle-call.ts';

/** Ports that settling a row needs. */
export interface RowPorts extends CallPorts {
  /** Looks before a write. */
  readonly clear: Preflight['clear'];
  /** The calls made so far. */
  readonly record: () => CallRecord;
}

/** One call's result; `preflight`: nothing had to be sent, as a read showed beforehand. */
type StepResult =
  | CallResult
  | { readonly kind: 'needless'; readonly by: 'preflight' }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly by: 'preflight' }
  | { readonly kind: 'skip'; readonly why: SkipReason };

/** Settles a row: its calls one after the other, up to the first that fails. */
export async function settleRow(
  writes: readonly [Write, ...Write[]],
  earlier: EarlierTries | undefined,
  ports: RowPorts,
): Promise<RowOutcome> {
  const results: StepResult[] = [];
  const seeing = seeingPorts(ports);
  for (const write of writes) {
    const result =
      resultOfEarlier(write, writes, earlier) ?? (await settleStep({ write, writes, earlier }, seeing.ports));
    const calls = recordOf(writes, results, ports.record());
    if (result.kind === 'skip') {
      return { status: 'skipped', why: result.why, ...(calls.attempts > 0 && { calls }) };
    }
    if (result.kind === 'failed' || result.kind === 'unknown') {
      const met = { operation: write.operation, opportunitySeen: seeing.opportunitySeen() };
      return { ...unsettled(result, calls), ...(!('by' in result) && { write: met }) };
    }
    results.push(result);
  }
  return settled(writes, results, recordOf(writes, results, ports.record()));
}

/** The same ports, and whether any of their reads showed the opportunity. */
function seeingPorts(ports: RowPorts): { ports: RowPorts; opportunitySeen: () => boolean } {
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
        seen ||= clearance.kind === 'needless' || (clearance.kind === 'go' && clearance.read);
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
async function settleStep({ write, writes, earlier }: Step, ports: RowPorts): Promise<StepResult> {
  const inDoubt = earlier?.call === write.operation && earlier.standing === 'in_doubt';
  const doubt = inDoubt ? LOST_ANSWER : undefined;
  const place = writes.indexOf(write);
  const others = { before: writes.slice(0, place), after: writes.slice(place + 1) };
  const clearance = await ports.clear(write, others);
  switch (clearance.kind) {
    case 'needless':
      return inDoubt ? { kind: 'made', confirmedBy: 'read' } : { kind: 'needless', by: 'preflight' };
    case 'refuse':
    case 'skip': {
      const seen = doubt && bySighting(await ports.lookTwice(write), doubt);
      return seen ?? notSent(clearance);
    }
    case 'go': {
      const result = await settleCall(write, doubt, ports);
      clearance.ended(result.kind === 'unknown' ? undefined : result.kind !== 'failed');
      return result;
    }
    default:
      return assertNever(clearance);
  }
}

function notSent(clearance: Extract<Clearance, { kind: 'refuse' | 'skip' }>): StepResult {
  return clearance.kind === 'skip' ? clearance : { kind: 'failed', fault: clearance.fault, by: 'preflight' };
}

/** A call that an earlier session saw answered well, or that it had gone beyond, is not made again. */
function resultOfEarlier(
  write: Write,
  writes: readonly Write[],
  earlier: EarlierTries | undefined,
): StepResult | undefined {
  if (earlier === undefined) return undefined;
  const { operation } = write;
  const succeeded = operation === earlier.call && earlier.standing === 'succeeded';
  if (succeeded || earlier.madeBefore.includes(operation)) return { kind: 'made', confirmedBy: 'answer' };
  const reached = writes.findIndex((other) => other.operation === earlier.call);
  return writes.indexOf(write) < reached ? { kind: 'needless', by: 'preflight' } : undefined;
}

/** The record, with the changes that were really made. */
function recordOf(writes: readonly Write[], results: readonly StepResult[], calls: CallRecord): CallRecord {
  const made = writes.filter((_, place) => results[place]?.kind === 'made').map(({ operation }) => operation);
  return made.length === 0 ? calls : { ...calls, made };
}

function unsettled(
  result: Extract<CallResult, { kind: 'failed' | 'unknown' }>,
  calls: CallRecord,
): Extract<RowOutcome, { status: 'failed' | 'unknown' }> {
  const { fault } = result;
  if (calls.made === undefined) return { status: result.kind, fault, calls };
  const attached = 'The replacement was attached; the old entity was not removed.';
  const message = fault.message === '' ? attached : `${fault.message}\n${attached}`;
  return { status: result.kind, fault: { ...fault, message }, calls };
}

function settled(
  writes: readonly [Write, ...Write[]],
  results: readonly StepResult[],
  calls: CallRecord,
): RowOutcome {
  const { done, needless } = WRITES[(writes.at(-1) ?? writes[0]).operation];
  if (results.every(({ kind }) => kind === 'needless')) {
    const beforehand = results.every((result) => 'by' in result);
    return { status: needless, confirmedBy: beforehand ? 'preflight' : 'read_back', calls };
  }
  const byRead = results.some((result) => result.kind === 'made' && result.confirmedBy === 'read');
  const status = writes.length > 1 ? 'replaced' : done;
  return { status, confirmedBy: byRead ? 'read' : 'answer', calls };
}
