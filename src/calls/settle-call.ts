import type { Write, WriteAnswer } from '../model/call.ts';
import type { Dice } from '../model/clock.ts';
import { assertNever, MALFORMED, mayHaveHappened, type Fault } from '../model/fault.ts';
import type { MendAccess } from './mend-access.ts';
import { backOffMs, decideRetry, type RetryPolicy } from '../partner-central/retry.ts';

/**
 * A read's word on a change: made, not made, or nothing that could be relied on. `nearMiss`: as if it were made, since
 * the opportunity holds nothing but what was probably meant in its place.
 */
export type Sighting = 'made' | 'not_made' | 'unreadable' | { readonly nearMiss: Fault };

/** An answer, and whether its fault, if any, is the row's own or one that every row would have met. */
export interface JudgedAnswer {
  readonly answer: WriteAnswer;
  readonly excused: boolean;
}

/** Ports that settling a call needs. Every wait rejects once the run stops. */
export interface CallPorts {
  /** Sends one try: paced, noted beforehand, counted. */
  readonly send: (write: Write, priority: 'new' | 'retry') => Promise<JudgedAnswer>;
  /** Reads whether the change is made, once. */
  readonly look: (write: Write) => Promise<Sighting>;
  /** The same, and again after a few seconds where it is not, since reads may lag behind writes. */
  readonly lookTwice: (write: Write) => Promise<Sighting>;
  readonly backOff: (delayMs: number) => Promise<void>;
  /** For the tries of one call: mends what makes the service refuse every signature. */
  readonly mender: () => MendAccess;
  readonly retryPolicy: RetryPolicy;
  readonly dice: Dice;
}

/** The outcome of one call, all its tries together. */
export type CallResult =
  | { readonly kind: 'made'; readonly confirmedBy: 'answer' | 'read' }
  /** A read shows that there was nothing to do. */
  | { readonly kind: 'needless' }
  | { readonly kind: 'failed'; readonly fault: Fault }
  | { readonly kind: 'unknown'; readonly fault: Fault };

/** The doubt that a crash leaves: the call had left, and this process never saw its answer. */
export const LOST_ANSWER: Fault = {
  kind: 'broken',
  exception: 'NetworkError',
  message: 'The call had left when the run was cut off, and its answer was lost.',
};

/**
 * Sends a call until it is settled. `doubt` is what an earlier try left open; it is settled by a read before anything
 * is sent. Never is a refusal alone read as success.
 */
export async function settleCall(
  write: Write,
  doubt: Fault | undefined,
  ports: CallPorts,
): Promise<CallResult> {
  let openDoubt = doubt;
  let mustLook = doubt !== undefined;
  let counted = 0;
  let letsOthersGo = true;
  const mend = ports.mender();
  for (;;) {
    if (mustLook && openDoubt !== undefined) {
      const settled = bySighting(await ports.lookTwice(write), openDoubt);
      if (settled !== undefined) return settled;
    }
    const { answer, excused } = await ports.send(write, letsOthersGo ? 'new' : 'retry');
    if (answer.ok) return { kind: 'made', confirmedBy: 'answer' };
    const { fault } = answer;
    // Whether a throttle is this row's lot or everybody's, the calls of others tell.
    letsOthersGo = fault.kind === 'throttled';
    // Whoever answered in an outage may not have been the service.
    mustLook = needsLook(fault) || (excused && mayHaveHappened(fault.kind));
    if (fault.kind === 'credentials' || fault.kind === 'clock') {
      await mend(fault);
      continue;
    }
    if (mayHaveHappened(fault.kind)) openDoubt = fault;
    if (excused) {
      await ports.backOff(backOffMs(ports.retryPolicy, fault, Math.max(1, counted), ports.dice()));
      continue;
    }
    counted += 1;
    const decision = decideRetry(ports.retryPolicy, fault, counted, ports.dice());
    if (decision.kind === 'give_up') {
      return decision.because === 'not_retryable'
        ? refused(write, fault, openDoubt, ports)
        : spent(write, fault, openDoubt, ports);
    }
    await ports.backOff(decision.delayMs);
  }
}

/** `undefined`: a read shows that it was not made, so that it may be sent again. */
export function bySighting(sighting: Sighting, doubt: Fault): CallResult | undefined {
  // It was there when the call left: no slip of writing.
  if (typeof sighting === 'object') return { kind: 'made', confirmedBy: 'read' };
  switch (sighting) {
    case 'made':
      return { kind: 'made', confirmedBy: 'read' };
    case 'unreadable':
      return { kind: 'unknown', fault: doubt };
    case 'not_made':
      return undefined;
    default:
      return assertNever(sighting);
  }
}

/** Whether the answer was lost altogether; a 5xx of the service's own is one, and is tried again without a read. */
function needsLook({ kind, exception }: Fault): boolean {
  return mayHaveHappened(kind) && (kind !== 'server' || exception === MALFORMED);
}

async function refused(
  write: Write,
  fault: Fault,
  doubt: Fault | undefined,
  ports: CallPorts,
): Promise<CallResult> {
  if (fault.kind === 'denied' && doubt === undefined) return { kind: 'failed', fault };
  const sighting = await ports.look(write);
  if (doubt === undefined) {
    if (typeof sighting === 'object') return { kind: 'failed', fault: sighting.nearMiss };
    return sighting === 'made' ? { kind: 'needless' } : { kind: 'failed', fault };
  }
  return bySighting(sighting, doubt) ?? { kind: 'failed', fault };
}

async function spent(
  write: Write,
  fault: Fault,
  doubt: Fault | undefined,
  ports: CallPorts,
): Promise<CallResult> {
  if (doubt === undefined) return { kind: 'failed', fault };
  return bySighting(await ports.lookTwice(write), doubt) ?? { kind: 'failed', fault };
}
