import { type Write, WRITES } from '../model/call.ts';
import { assertNever, type Fault } from '../model/fault.ts';
import type { CallRecord, RowOutcome } from '../model/outcome.ts';
import type { DetachFirstPart } from '../store/journal-line.ts';
import type { Clearance, Preflight } from './look/preflight.ts';
import { HeldBack, type BeforeLeaving } from './while-held.ts';
import { bySighting, settleCall, type CallPorts, type CallResult, type JudgedAnswer } from './settle-call.ts';

/** Ports that settling a row needs. */
export interface RowPorts extends CallPorts {
  readonly send: (
    write: Write,
    priority: 'new' | 'retry',
    part?: DetachFirstPart,
    before?: BeforeLeaving,
  ) => Promise<JudgedAnswer>;
  /** For a write that is to leave only while what another has attached is there. */
  readonly whileHeld: (attached: Write, seenNow: boolean) => BeforeLeaving;
  /** Looks before a write. */
  readonly clear: Preflight['clear'];
  /** The calls made so far. */
  readonly record: () => CallRecord;
  /** How far reads may lag behind writes, milliseconds. */
  readonly readLagMs: number;
}

/** The same, and whether any of their reads showed the opportunity. */
export interface SeeingPorts {
  readonly ports: RowPorts;
  readonly opportunitySeen: () => boolean;
}

/** One call's result; `preflight`: nothing had to be sent, as a read showed beforehand. */
export type StepResult =
  | CallResult
  | { readonly kind: 'needless'; readonly by: 'preflight' }
  | { readonly kind: 'failed'; readonly fault: Fault; readonly by: 'preflight' };

/** A step that a look let go on, or ended. */
export type Cleared = Exclude<Clearance, { readonly kind: 'skip' | 'detach_first' }>;

/** Settles one call after the look; `doubt` is what an earlier session tried, and never saw answered. */
export async function settleCleared(
  write: Write,
  doubt: Fault | undefined,
  clearance: Cleared,
  ports: CallPorts,
): Promise<StepResult> {
  switch (clearance.kind) {
    case 'needless':
      return doubt === undefined
        ? { kind: 'needless', by: 'preflight' }
        : { kind: 'made', confirmedBy: 'read' };
    case 'refuse':
      return (
        (await sightDoubt(write, doubt, ports)) ?? {
          kind: 'failed',
          fault: clearance.fault,
          by: 'preflight',
        }
      );
    case 'go': {
      const result = await settleCall(write, doubt, ports).catch((error: unknown) => {
        clearance.ended(undefined);
        if (error instanceof HeldBack) return error;
        throw error;
      });
      if (result instanceof HeldBack) return { kind: 'failed', fault: result.fault, by: 'preflight' };
      clearance.ended(result.kind === 'unknown' ? undefined : result.kind !== 'failed');
      return result;
    }
    default:
      return assertNever(clearance);
  }
}

/** Settles a doubt by reads alone; `undefined`: there is none, or the call was not made. */
export async function sightDoubt(
  write: Write,
  doubt: Fault | undefined,
  ports: Pick<CallPorts, 'lookTwice'>,
): Promise<CallResult | undefined> {
  return doubt && bySighting(await ports.lookTwice(write), doubt);
}

/** The record, with the changes that were really made, in the order of the writes. */
export function recordMade(
  writes: readonly Write[],
  results: readonly StepResult[],
  calls: CallRecord,
): CallRecord {
  const made = writes.filter((_, place) => results[place]?.kind === 'made').map(({ operation }) => operation);
  return made.length === 0 ? calls : { ...calls, made };
}

/** The outcome of a row none of whose calls failed. */
export function settledOutcome(
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
