import type { Readings } from '../../../src/emulator/partner/readings.ts';

/** One row of a job that is killed again and again. */
export interface KillRow {
  readonly opportunityId: string;
  readonly entityId: string;
  /** Empty where the job replaces nothing. */
  readonly replacementId: string;
  /** Of this row, beforehand. */
  readonly held: readonly string[];
}

/** A kind of run, and what must be true of each of its rows when the job is done. */
export interface KillKind {
  readonly what: string;
  readonly command: 'disassociate' | 'associate' | 'undo';
  readonly options: readonly string[];
  readonly readings: Partial<Readings>;
  /** Each session in one of two containers that share the state's folder: the other one is refused meanwhile. */
  readonly inContainers?: boolean;
  /** Of the run that is undone. */
  readonly optionsBefore?: readonly string[];
  /** The service refuses what is to be attached. */
  readonly drafts?: boolean;
  readonly rowAt: (index: number) => KillRow;
  /** Its writes, such as `DisassociateOpportunity S-0000001`: the row is changed where all of them changed something. */
  readonly writes: (row: KillRow) => readonly string[];
  /** Which entity its line of the results names. */
  readonly named: (row: KillRow) => string;
  /** How many of so many rows the service must have changed. */
  readonly changedOf: (rows: number) => number;
  /** What is held of a row that the service changed, and of one that it did not. */
  readonly heldAfter: (row: KillRow, changed: boolean) => readonly string[];
  readonly status: (changed: boolean) => string;
  readonly exitCode: 0 | 1;
}

/** Of every tenth opportunity the job asks for what is so already: not ours to claim, whenever the process died. */
const OTHER = 'S-9999999';
const isOther = (index: number): boolean => index % 10 === 0;
const allButOthers = (rows: number): number => rows - Math.ceil(rows / 10);

/** Of the service, and what the command is told of it: the stage says 0 where there is none, so that no session waits. */
const LAG = { readLagMs: 2_000 };
const LAG_TOLD = ['--read-lag', '3'];

const REMOVAL: KillKind = {
  what: 'a removal',
  command: 'disassociate',
  options: [],
  readings: {},
  rowAt: (index) => rowOf(index, isOther(index) ? OTHER : solution(index)),
  writes: ({ entityId }) => [`DisassociateOpportunity ${entityId}`],
  named: ({ entityId }) => entityId,
  changedOf: allButOthers,
  heldAfter: ({ held }, changed) => (changed ? [] : held),
  status: (changed) => (changed ? 'disassociated' : 'already_absent'),
  exitCode: 0,
};

const PROTECTION: KillKind = {
  ...REMOVAL,
  what: 'a removal that leaves each opportunity its last one',
  options: ['--protect-last'],
  // Both solutions of an opportunity are asked for: one of them stays.
  rowAt: (index) => ({ ...rowOf(index, solution(index)), opportunityId: opportunity(Math.floor(index / 2)) }),
  changedOf: (rows) => Math.floor(rows / 2),
  status: (changed) => (changed ? 'disassociated' : 'failed'),
  exitCode: 1,
};

const ATTACHMENT: KillKind = {
  ...REMOVAL,
  what: 'an attachment',
  command: 'associate',
  rowAt: (index) => rowOf(index, isOther(index) ? solution(index) : OTHER),
  writes: ({ entityId }) => [`AssociateOpportunity ${entityId}`],
  heldAfter: ({ held, entityId }, changed) => (changed ? [...held, entityId] : held),
  status: (changed) => (changed ? 'associated' : 'already_present'),
};

const REPLACEMENT: KillKind = {
  ...REMOVAL,
  what: 'a replacement',
  rowAt: (index) => ({ ...rowOf(index, solution(index)), replacementId: `S-${9_000_001 + index}` }),
  writes: (row) => [`AssociateOpportunity ${row.replacementId}`, `DisassociateOpportunity ${row.entityId}`],
  changedOf: (rows) => rows,
  heldAfter: ({ replacementId }) => [replacementId],
  status: () => 'replaced',
};

/** Of solutions an opportunity has ten at most. */
const NINE = Array.from({ length: 9 }, (_, index) => `S-${8_000_001 + index}`);
const DETACH_FIRST = ['--detach-first'];

const FULL_PLACE: KillKind = {
  ...REPLACEMENT,
  what: 'a replacement into a full place',
  options: DETACH_FIRST,
  rowAt: (index) => ({ ...REPLACEMENT.rowAt(index), held: [solution(index), ...NINE] }),
  writes: (row) => [`DisassociateOpportunity ${row.entityId}`, `AssociateOpportunity ${row.replacementId}`],
  heldAfter: ({ replacementId }) => [replacementId, ...NINE],
};

export const KILL_KINDS: readonly KillKind[] = [
  REMOVAL,
  {
    ...REMOVAL,
    what: 'a removal without a look beforehand',
    options: ['--no-preflight'],
    // Unseen, what was never there can't be told from what a call without an answer removed.
    rowAt: (index) => rowOf(index, solution(index)),
    changedOf: (rows) => rows,
  },
  {
    ...REMOVAL,
    what: 'a removal whose reads lag two seconds behind',
    options: LAG_TOLD,
    readings: LAG,
  },
  PROTECTION,
  {
    ...PROTECTION,
    what: 'a removal that leaves each its last one, while reads lag',
    options: [...LAG_TOLD, '--protect-last'],
    readings: LAG,
  },
  ATTACHMENT,
  REPLACEMENT,
  {
    ...REPLACEMENT,
    what: 'the undoing of a replacement',
    command: 'undo',
    writes: (row) => [`AssociateOpportunity ${row.entityId}`, `DisassociateOpportunity ${row.replacementId}`],
    named: ({ replacementId }) => replacementId,
    heldAfter: ({ entityId }) => [entityId],
  },
  FULL_PLACE,
  {
    ...FULL_PLACE,
    what: 'a replacement into a full place, while reads lag',
    options: [...LAG_TOLD, ...DETACH_FIRST],
    readings: LAG,
  },
  {
    ...FULL_PLACE,
    what: 'a replacement into a full place that is refused, so that the old one comes back',
    options: [...DETACH_FIRST, '--max-failures', '1000000'],
    drafts: true,
    writes: ({ entityId }) => [`DisassociateOpportunity ${entityId}`, `AssociateOpportunity ${entityId}`],
    heldAfter: ({ held }) => held,
    status: () => 'failed',
    exitCode: 1,
  },
  {
    ...FULL_PLACE,
    what: 'the undoing of a replacement into a full place',
    command: 'undo',
    options: [],
    optionsBefore: DETACH_FIRST,
    writes: (row) => [`DisassociateOpportunity ${row.replacementId}`, `AssociateOpportunity ${row.entityId}`],
    named: ({ replacementId }) => replacementId,
    heldAfter: ({ held }) => held,
  },
  {
    ...REMOVAL,
    what: 'a removal in one of two containers that share a folder',
    inContainers: true,
  },
];

function rowOf(index: number, ...held: readonly string[]): KillRow {
  return { opportunityId: opportunity(index), entityId: solution(index), replacementId: '', held };
}

function opportunity(index: number): string {
  return `O${1_000_001 + index}`;
}

function solution(index: number): string {
  return `S-${String(index + 1).padStart(7, '0')}`;
}
