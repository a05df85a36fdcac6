import type { InjectedFault } from './faults/fault-kinds.ts';
import { EMULATED_OPERATIONS, type EmulatedOperation } from './partner/operation.ts';

/** One request, as the emulator noted it: the other side's account of a run. */
export interface ServedCall {
  /** From 1, in the order of arrival, without gaps. */
  readonly sequence: number;
  /** Arrival on the monotonic clock, milliseconds: what the quota was decided on. */
  readonly atMs: number;
  /** Arrival on the wall clock, ISO 8601. */
  readonly at: string;
  readonly requestId: string;
  /** Absent where the request named none of ours. */
  readonly operation?: EmulatedOperation;
  /** As sent; absent where the request did not get that far, or where it is longer than any of the service's. */
  readonly opportunityId?: string;
  readonly entityType?: string;
  readonly entityId?: string;
  /** Signed as it should be and within the quota: it took from the quota. */
  readonly admitted: boolean;
  /** Whether it changed an association, whatever the client was told. */
  readonly changed: boolean;
  readonly fault?: InjectedFault;
  /** The exception that was answered. */
  readonly exception?: string;
  /** The answer's departure on the monotonic clock, milliseconds; absent before it, and where there is none. */
  readonly answeredAtMs?: number;
  /** The answer's. */
  readonly status?: number;
}

/** A call that is still under way. */
export type OpenCall = { -readonly [Member in keyof ServedCall]: ServedCall[Member] };

interface OperationCounts {
  readonly received: number;
  readonly admitted: number;
  readonly changed: number;
}

/** Arrivals of the first and the last call that were admitted, monotonic milliseconds: the pace that was kept. */
interface Stretch {
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface EmulatorCounts {
  /** Every request, those of no operation of ours too. */
  readonly received: number;
  readonly operations: Readonly<Record<EmulatedOperation, OperationCounts>>;
  /** Of those of which any was admitted. */
  readonly stretches: Readonly<Partial<Record<EmulatedOperation, Stretch>>>;
  /** By name, as answered. */
  readonly exceptions: Readonly<Record<string, number>>;
  readonly faults: Readonly<Partial<Record<InjectedFault, number>>>;
  /** Calls that are no longer, or were never, in the record. */
  readonly unrecorded: number;
}

/** The newest calls that are kept. */
const MOST_RECORDED = 100_000;

/** Counts every call, and records the newest where asked to. */
export class CallLog {
  readonly #capacity: number;
  readonly #ring: ServedCall[] = [];
  readonly #stretches = new Map<EmulatedOperation, Stretch>();
  readonly #operations = new Map(
    EMULATED_OPERATIONS.map((operation) => [operation, { received: 0, admitted: 0, changed: 0 }]),
  );
  readonly #exceptions = new Map<string, number>();
  readonly #faults = new Map<InjectedFault, number>();
  #received = 0;

  constructor(record: boolean) {
    this.#capacity = record ? MOST_RECORDED : 0;
  }

  /** Notes an arrival. What becomes of the call is written into the entry until `close`. */
  open(requestId: string, atMs: number, wallMs: number): OpenCall {
    this.#received += 1;
    const sequence = this.#received;
    const at = new Date(wallMs).toISOString();
    const entry: OpenCall = { sequence, atMs, at, requestId, admitted: false, changed: false };
    if (this.#capacity > 0) this.#ring[(sequence - 1) % this.#capacity] = entry;
    return entry;
  }

  close(entry: ServedCall): void {
    const { operation, exception, fault } = entry;
    const counts = operation && this.#operations.get(operation);
    if (counts) {
      counts.received += 1;
      counts.admitted += Number(entry.admitted);
      counts.changed += Number(entry.changed);
      if (entry.admitted) this.#stretch(operation, entry.atMs);
    }
    if (exception !== undefined) increment(this.#exceptions, exception);
    if (fault !== undefined) increment(this.#faults, fault);
  }

  #stretch(operation: EmulatedOperation, atMs: number): void {
    const { firstAtMs, lastAtMs } = this.#stretches.get(operation) ?? { firstAtMs: atMs, lastAtMs: atMs };
    this.#stretches.set(operation, {
      firstAtMs: Math.min(firstAtMs, atMs),
      lastAtMs: Math.max(lastAtMs, atMs),
    });
  }

  /** In the order of arrival; those under way are among them. */
  recorded(): readonly ServedCall[] {
    const oldest = this.#capacity === 0 ? 0 : this.#received % this.#capacity;
    if (this.#received <= this.#capacity) return [...this.#ring];
    return [...this.#ring.slice(oldest), ...this.#ring.slice(0, oldest)];
  }

  counts(): EmulatorCounts {
    return {
      received: this.#received,
      // Made with a key for each operation.
      operations: Object.fromEntries(this.#operations) as Record<EmulatedOperation, OperationCounts>,
      stretches: Object.fromEntries(this.#stretches),
      exceptions: Object.fromEntries(this.#exceptions),
      faults: Object.fromEntries(this.#faults),
      unrecorded: this.#received - this.#ring.length,
    };
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
