import { WRITES } from '../model/call.ts';
import { ROW_STATUSES } from '../model/outcome.ts';
import type { JournalEntry, MarkEntry } from './journal-line.ts';

type Members = Readonly<Record<string, unknown>>;
type Shape = (value: unknown) => boolean;

/**
 * Whether an entry has what its kind needs: a right check sum shows that a line is whole, not that it makes sense. A kind of a later
 * version is passed over, and so it fits.
 */
export function isWellFormed(entry: unknown): entry is JournalEntry {
  if (!isObject(entry) || typeof entry['t'] !== 'string') return false;
  const shape = Object.hasOwn(SHAPES, entry['t']) ? SHAPES[entry['t'] as JournalEntry['t']] : undefined;
  return shape === undefined || fits(entry, shape);
}

const isObject = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Shape = (value) => typeof value === 'string';
const isNumber: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
const isLimit: Shape = (value) => value === 'unlimited' || isNumber(value);
const isWrite: Shape = (value) => typeof value === 'string' && Object.hasOwn(WRITES, value);
const optional =
  (shape: Shape): Shape =>
  (value) =>
    value === undefined || shape(value);
const having =
  (shape: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isObject(value) && fits(value, shape);
const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape);

const isFault = having({ kind: isText, exception: isText });
const isTally = having({ rows: isNumber, byStatus: isObject, byException: isObject });
const isCalls = having({
  attempts: isNumber,
  requestIds: listOf(isText),
  startedAt: optional(isNumber),
  finishedAt: optional(isNumber),
  made: optional(listOf(isWrite)),
  removedAs: optional(isText),
});

const isAwaited = having({ what: isText, sinceMs: isNumber, untilMs: optional(isNumber) });

const STATUSES: ReadonlySet<unknown> = new Set(ROW_STATUSES);

function isOutcome(value: unknown): boolean {
  if (!isObject(value) || !STATUSES.has(value['status'])) return false;
  const { status, calls, fault, notes, writesNeeded, problems } = value;
  if (status === 'failed' || status === 'unknown') return isFault(fault) && isCalls(calls);
  if (status === 'invalid') return Array.isArray(problems) && optional(isCalls)(calls);
  if (status === 'skipped') return isObject(value['why']) && optional(isCalls)(calls);
  if (status === 'duplicate') return isNumber(value['firstRow']);
  if (isText(status) && String(status).startsWith('would_'))
    return Array.isArray(notes) && isNumber(writesNeeded);
  return isCalls(calls);
}

const PLACED = { ordinal: isNumber, row: isNumber, key: isText };

const SHAPES: Readonly<Record<JournalEntry['t'], Readonly<Record<string, Shape>>>> = {
  job: {
    id: isText,
    tool: isText,
    input: having({ name: isText, bytes: isNumber, sha256: isText }),
    results: isText,
    terms: isObject,
    at: isText,
  },
  resolved: {
    replaceMap: optional(
      having({ name: isText, pairs: listOf(listOf(isText)), heads: optional(listOf(isText)) }),
    ),
    solutions: optional(listOf(having({ id: isText, name: isText, status: isText }))),
  },
  session: {
    at: isText,
    callsPerSecond: isLimit,
    callsPerDay: isLimit,
    usedInDay: optional(isNumber),
    options: optional(isObject),
    survey: optional(isObject),
  },
  try: { ...PLACED, call: isWrite, removedAs: optional(isText), n: isNumber, at: isNumber },
  answer: { ordinal: isNumber, n: isNumber, at: isNumber, fault: optional(isFault) },
  seen: { ordinal: isNumber, at: isNumber },
  done: { ...PLACED, outcome: isOutcome },
  wait: { at: isNumber, awaited: optional(isAwaited) },
  stop: { code: isText, message: isText, at: isText, calls: optional(isObject), lines: optional(isNumber) },
  // Whoever wants to begin at one looks closer.
  mark: { version: isNumber },
  end: { tally: isTally, resultsSha256: isText, at: isText, calls: optional(isObject) },
};

const isTries = having({
  row: isNumber,
  key: isText,
  attempts: isNumber,
  requestIds: listOf(isText),
  startedAt: isNumber,
  call: isWrite,
  madeBefore: listOf(isWrite),
  standing: isText,
  doubtBefore: (value) => typeof value === 'boolean',
});
const isUnsettled: Shape = (value) =>
  Array.isArray(value) && value.length === 2 && isNumber(value[0]) && isTries(value[1]);

const MARK = {
  version: (value: unknown) => value === 1,
  run: isText,
  rows: isNumber,
  results: having({ bytes: isNumber, sha256: isText }),
  ahead: listOf(having(SHAPES.done)),
  kept: isObject,
  state: having({
    session: optional(having(SHAPES.session)),
    sessions: listOf(having({ startedAt: isText, ended: isText, writes: isNumber, rows: isObject })),
    end: optional(having(SHAPES.end)),
    stop: optional(having(SHAPES.stop)),
    resolved: optional(having(SHAPES.resolved)),
    settled: isTally,
    unsettled: listOf(isUnsettled),
    furthest: isNumber,
    writes: listOf(having({ place: optional(isText), writes: isNumber })),
    recent: having({
      faults: listOf(having({ atMs: isNumber, exception: isText })),
      rate: optional(listOf(having({ atMs: isNumber, rows: isNumber }))),
      lastCallMs: optional(isNumber),
      awaited: optional(isAwaited),
    }),
  }),
};

/** Whether an entry is a mark that can be begun at: one of another version is passed over, as if it were not there. */
export function isMark(entry: JournalEntry): entry is MarkEntry {
  return entry.t === 'mark' && fits({ ...entry }, MARK);
}

function fits(members: Members, shape: Readonly<Record<string, Shape>>): boolean {
  return Object.entries(shape).every(([name, isRight]) => isRight(members[name]));
}
