import type { EntityType } from '../../src/model/entity.ts';
import type { Fault, FaultKind } from '../../src/model/fault.ts';
import type { CallRecord, RowOutcome } from '../../src/model/outcome.ts';
import { rowKey, type InputRow, type Target } from '../../src/model/row.ts';
import type { DoneEntry, JobEntry, TryEntry } from '../../src/store/journal-line.ts';
import { association } from '../emulator/associations.ts';
import type { Session } from '../../src/store/sessions.ts';

export type ValidRow = Extract<InputRow, { kind: 'valid' }>;

/** The target of the row at `ordinal`: `O1` and `S-0000001` for the second. */
export function target(ordinal: number, replacement?: readonly [EntityType, string]): Target {
  const own = association(`O${ordinal}`, 'Solutions', `S-${String(ordinal).padStart(7, '0')}`);
  return replacement === undefined ? own : { ...own, replacement: association('O1', ...replacement).entity };
}

/** A valid row; a spreadsheet shows it one below the header. */
export function validRow(ordinal: number, part: Partial<Pick<ValidRow, 'cells' | 'target'>> = {}): ValidRow {
  const own = part.target ?? target(ordinal);
  return {
    kind: 'valid',
    ordinal,
    row: ordinal + 2,
    target: own,
    cells: part.cells ?? [own.opportunityId, own.entity.id],
  };
}

export function fault(kind: FaultKind, part: Partial<Fault> = {}): Fault {
  return { kind, exception: 'AnyException', message: 'Any message.', ...part };
}

export const CALLS: CallRecord = {
  attempts: 2,
  requestIds: ['id-1', 'id-2'],
  startedAt: Date.UTC(2025, 0, 31, 12, 0, 0, 5),
  finishedAt: Date.UTC(2025, 0, 31, 12, 0, 1),
};

export const DISASSOCIATED: RowOutcome = { status: 'disassociated', confirmedBy: 'answer', calls: CALLS };

export const JOB: JobEntry = {
  t: 'job',
  version: 1,
  id: 'run-1',
  tool: 'oppsweep 0.0.0',
  input: { name: 'people.csv', bytes: 12, sha256: 'abc' },
  results: 'people.results.csv',
  terms: { operation: 'disassociate' },
  at: '2025-01-31T12:00:00.000Z',
};

export function tryEntry(ordinal: number, part: Partial<TryEntry> = {}): TryEntry {
  return {
    t: 'try',
    ordinal,
    row: ordinal + 2,
    key: rowKey(target(ordinal)),
    call: 'DisassociateOpportunity',
    n: 1,
    at: 1000,
    ...part,
  };
}

export function doneEntry(ordinal: number, outcome: RowOutcome = DISASSOCIATED): DoneEntry {
  return { t: 'done', ordinal, row: ordinal + 2, key: rowKey(target(ordinal)), outcome };
}

/** The bytes in pieces of at most `size`. */
export async function* pieces(bytes: Uint8Array, size: number = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** A session that finished its run, but for what a test changes. */
export function sessionOf(part: Partial<Session> = {}): Session {
  return {
    startedAt: '2025-01-31T12:00:00.000Z',
    endedAt: '2025-01-31T13:00:00.000Z',
    lastEntryAt: '2025-01-31T13:00:00.000Z',
    ended: 'finished',
    caller: null,
    host: 'host',
    user: 'ana',
    tool: 'oppsweep 0.0.0',
    options: {},
    writes: 1,
    reads: 0,
    throttles: 0,
    rows: { disassociated: 1 },
    ...part,
  };
}
