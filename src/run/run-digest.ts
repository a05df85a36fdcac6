import { mayPass, REPLACEMENT_LOST } from '../model/fault.ts';
import { exceptionOf, INVALID_ROW, type RowOutcome } from '../model/outcome.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../model/result-columns.ts';
import { valuesOf, type InputRow } from '../model/row.ts';
import { keepTally, type Tally } from '../model/tally.ts';
import { describeOutcome } from '../results/describe-outcome.ts';
import type { SettledRow } from '../results/results-csv.ts';
import { resultsHeader } from '../results/results-header.ts';

/** The part of a run that its end tells of, beside the counts of all rows; bounded, however many rows there are. */
export interface RunDigest {
  /** Rows that this run decided; those that kept the line of earlier results are left out. */
  readonly own: Tally;
  /** Exceptions of these rows (of invalid ones, their first problems), each with its first row: those of invalid rows last, the others the most frequent first. */
  readonly reasons: readonly Reason[];
  /** The first of these rows whose opportunity is left with neither the old entity nor its replacement. */
  readonly lost: readonly Pick<Reason['first'], 'row' | 'opportunityId'>[];
  /** Of these rows, those that may end otherwise if they are run again as they are. */
  readonly again: { readonly failed: number; readonly unknown: number };
  /** Names that the results' own columns have in this file. */
  readonly columns: Readonly<Record<'message' | 'tip', string>>;
}

/** An exception that rows ended with. */
export interface Reason {
  readonly exception: string;
  readonly rows: number;
  /** The first of them, as a spreadsheet numbers it, and the first lines of its message, as one. */
  readonly first: {
    readonly row: number;
    /** Where the input was results: the row that they name, if it is another. */
    readonly rowBefore?: string;
    readonly opportunityId: string;
    readonly message: string;
  };
}

/** A digest that can be gone on with. */
export interface DigestSoFar extends Pick<RunDigest, 'own' | 'lost' | 'again'> {
  /** Counts of all rows. */
  readonly all: Tally;
  /** By what tells them apart, in the order they were met. */
  readonly reasons: readonly (readonly [key: string, reason: Reason])[];
}

export interface DigestKeeper {
  /** Gives the reason that this row is the first to have. */
  readonly add: (settled: SettledRow) => Reason | undefined;
  /** Counts of all rows. */
  readonly now: () => Tally;
  readonly digest: () => RunDigest;
  readonly soFar: () => DigestSoFar;
}

/** Exceptions are named by the service: a proxy that makes one up for each row must not fill the memory. */
const REASONS_KEPT = 100;
const LOST_KEPT = 20;

/** `header`: the user's own columns. `before`: of the rows that came before. */
export function keepDigest(header: readonly string[], before?: DigestSoFar): DigestKeeper {
  const all = keepTally(before?.all);
  const own = keepTally(before?.own);
  const reasons = new Map<string, Reason>(before?.reasons);
  const lost: Pick<Reason['first'], 'row' | 'opportunityId'>[] = [...(before?.lost ?? [])];
  const again = { failed: 0, unknown: 0, ...before?.again };
  return {
    add: ({ row, outcome }) => {
      all.add(outcome);
      if (outcome.status === 'carried') return undefined;
      own.add(outcome);
      if (outcome.status === 'unknown' || (outcome.status === 'failed' && mayPass(outcome.fault.kind))) {
        again[outcome.status] += 1;
      }
      if (exceptionOf(outcome) === REPLACEMENT_LOST && lost.length < LOST_KEPT && row.kind === 'valid') {
        lost.push({ row: row.row, opportunityId: row.target.opportunityId });
      }
      return noteReason(reasons, row, outcome);
    },
    now: all.now,
    digest: () => ({
      own: own.now(),
      reasons: [...reasons.values()].toSorted(mostTelling),
      lost: [...lost],
      again: { ...again },
      columns: { message: columnName(header, 'message'), tip: columnName(header, 'tip') },
    }),
    soFar: () => ({
      all: all.now(),
      own: own.now(),
      reasons: [...reasons],
      lost: [...lost],
      again: { ...again },
    }),
  };
}

/** Invalid rows were known of before anything was sent. */
function mostTelling(left: Reason, right: Reason): number {
  const isInvalid = ({ exception }: Reason): number => Number(exception === INVALID_ROW);
  return isInvalid(left) - isInvalid(right) || right.rows - left.rows;
}

function noteReason(reasons: Map<string, Reason>, row: InputRow, outcome: RowOutcome): Reason | undefined {
  if (outcome.status !== 'failed' && outcome.status !== 'unknown' && outcome.status !== 'invalid') {
    return undefined;
  }
  const { exception, message } = describeOutcome(outcome, row.row);
  // Rows are invalid for many reasons.
  const key = outcome.status === 'invalid' ? `${exception} ${outcome.problems[0].kind}` : exception;
  const known = reasons.get(key);
  if (known !== undefined) {
    reasons.set(key, { ...known, rows: known.rows + 1 });
    return undefined;
  }
  if (reasons.size >= REASONS_KEPT) return undefined;
  const { opportunityId } = valuesOf(row);
  const [line = '', next = ''] = message.split('\n');
  // A word of the service's alone says little; the next line, what it is about.
  const said = /\s/.test(line) || next === '' ? line : `${line}: ${next}`;
  const rowBefore = row.earlier?.cells.row ?? '';
  const isOther = rowBefore !== '' && rowBefore !== String(row.row);
  const place = { row: row.row, ...(isOther && { rowBefore }) };
  const reason = { exception, rows: 1, first: { ...place, opportunityId, message: said } };
  reasons.set(key, reason);
  return reason;
}

function columnName(header: readonly string[], column: ResultColumn): string {
  return resultsHeader(header)[header.length + RESULT_COLUMNS.indexOf(column)] ?? column;
}
