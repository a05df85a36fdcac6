import { assertKnown, TAKES, type OptionKind } from './option-kinds.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Clock, Dice } from '../model/clock.ts';
import type { EntityType } from '../model/entity.ts';
import type { RowStatus } from '../model/outcome.ts';
import { RunError } from '../model/run-error.ts';
import type { InputOptions } from '../input/columns/input-options.ts';
import type { Delimiter } from '../input/records/delimiter.ts';
import { entityColumnsOf } from '../run/request/entity-columns-of.ts';
import { DEFAULT_RUN_OPTIONS, type RunOptions } from '../run/request/run-options.ts';
import type { MaxFailures } from '../calls/stop/max-failures.ts';
import type { Disk } from '../disk/disk.ts';
import type { Machine } from '../disk/machine.ts';
import type { RunStore } from '../store/run-store.ts';

/** How an input is read: the command line's options in camelCase. Whatever is absent is found out. */
export interface ReadingOptions {
  /** A header's name, or the column's 1-based position. */
  readonly opportunityColumn?: string;
  readonly typeColumn?: string;
  /** Several: one call an identifier. */
  readonly entityColumn?: string | readonly string[];
  readonly replaceColumn?: string;
  /** One type for the whole input. */
  readonly entityType?: EntityType;
  readonly delimiter?: Delimiter;
  readonly encoding?: string;
  /** `false`: the first row is data, and columns are given by position. */
  readonly header?: boolean;
  /** Several identifiers in one cell become one call each. */
  readonly split?: boolean;
  /** Of a workbook: a sheet's name, or its position from 1. */
  readonly sheet?: string;
  /** Of a workbook: leaves out hidden and filtered-out rows. */
  readonly visibleOnly?: boolean;
  /** Only rows for which each of these holds: `COLUMN=VALUE,…` or `COLUMN!=VALUE,…`. */
  readonly where?: string | readonly string[];
  /** Only these identifiers, inside cells of several too. */
  readonly entities?: readonly string[];
  /** One identifier that is attached first, in the place of each row's. */
  readonly replaceWith?: string;
  /** A file of two columns, old and new; or `marketplace`, for the pairing that the service tells. */
  readonly replaceMap?: string;
}

/** Parts that the process lends; each has a default, the process's own. */
export interface LentParts {
  /** Stops the run as Ctrl-C does: no new calls, those in flight finish. */
  readonly signal?: AbortSignal;
  /** Where runs are kept: files beside the results, unless it says otherwise. */
  readonly store?: RunStore;
  readonly clock?: Clock;
  readonly dice?: Dice;
  readonly disk?: Disk;
  readonly machine?: Machine;
}

/** A run's options: the command line's in camelCase, with the same defaults. */
export interface SweepOptions
  extends ReadingOptions, LentParts, Partial<Omit<RunOptions, 'catalog' | 'maxFailures' | 'only'>> {
  /** Required; `AWS` is live data and needs `yes` too. */
  readonly catalog?: Catalog;
  /** Changes live data without a question: the library never asks. */
  readonly yes?: boolean;
  /** A number of rows, or a share of the rows answered lately, such as `'5%'`. */
  readonly maxFailures?: number | `${number}%`;
  readonly only?: RowStatus | readonly RowStatus[];
}

const READING = {
  opportunityColumn: 'text',
  typeColumn: 'text',
  entityColumn: 'texts',
  replaceColumn: 'text',
  entityType: 'text',
  delimiter: 'text',
  encoding: 'text',
  header: 'boolean',
  split: 'boolean',
  sheet: 'text',
  visibleOnly: 'boolean',
  where: 'texts',
  entities: 'texts',
  replaceWith: 'text',
  replaceMap: 'text',
} as const satisfies Record<keyof ReadingOptions, OptionKind>;

const LENT = {
  signal: 'signal',
  store: 'part',
  clock: 'part',
  dice: 'part',
  disk: 'part',
  machine: 'part',
} as const satisfies Record<keyof LentParts, OptionKind>;

const SWEEP = {
  ...READING,
  ...LENT,
  catalog: 'text',
  yes: 'boolean',
  output: 'text',
  region: 'text',
  profile: 'text',
  endpointUrl: 'text',
  caBundle: 'text',
  emulator: 'boolean',
  emulatorState: 'text',
  emulatorSolutions: 'text',
  rate: 'rate',
  readRate: 'rate',
  dailyQuota: 'quota',
  dailyReadQuota: 'quota',
  reserve: 'number',
  wait: 'boolean',
  concurrency: 'count',
  maxAttempts: 'count',
  timeout: 'positive',
  maxFailures: 'share',
  outageWait: 'minutes',
  waitForCredentials: 'positive',
  limit: 'count',
  only: 'statuses',
  preflight: 'boolean',
  protectLast: 'boolean',
  detachFirst: 'boolean',
  skipLocked: 'boolean',
  allLines: 'boolean',
  readLag: 'number',
  realTime: 'boolean',
  restart: 'boolean',
  useCopy: 'boolean',
  defuseAll: 'boolean',
} as const satisfies Record<keyof SweepOptions, OptionKind>;

/** A run's options in full. Throws a `RunError` of code `usage` for an option that isn't known, or a value it doesn't take. */
export function runOptionsOf(options: SweepOptions): RunOptions {
  assertKnown(options, SWEEP);
  const { maxFailures, only, ...rest } = options;
  return {
    ...DEFAULT_RUN_OPTIONS,
    ...given(rest),
    ...(only !== undefined && { only: [only].flat() }),
    maxFailures: maxFailures === undefined ? DEFAULT_RUN_OPTIONS.maxFailures : maxFailuresOf(maxFailures),
  };
}

/** The options of a reading, in the words of the input's reader. */
export function inputOptionsOf(options: ReadingOptions): InputOptions {
  const { header, split, opportunityColumn, typeColumn, entityColumn, replaceColumn } = options;
  const { entityType, delimiter, encoding, where, entities, replaceWith } = options;
  return {
    opportunityColumn,
    typeColumn,
    ...entityColumnsOf(entityColumn === undefined ? undefined : [entityColumn].flat()),
    replaceColumn,
    entityType,
    delimiter,
    encoding,
    noHeader: header === false,
    split: split === true,
    sheet: options.sheet,
    visibleOnly: options.visibleOnly,
    where: where === undefined ? undefined : [where].flat(),
    entities: entities === undefined ? undefined : [entities].flat(),
    replaceWith,
  };
}

/** Throws where `check` is given what it does not take. */
export function assertReadingOptions(options: ReadingOptions & Pick<LentParts, 'signal'>): void {
  assertKnown(options, { ...READING, signal: 'signal' });
}

/** An option that is set to `undefined` is not given. */
function given<Options extends object>(options: Options): Partial<Options> {
  // Object.entries forgets which names belong together.
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<Options>;
}

function maxFailuresOf(value: number | string): MaxFailures {
  const percent = typeof value === 'string' ? /^(\d{1,3}(?:\.\d+)?)%$/.exec(value)?.[1] : undefined;
  if (percent !== undefined && Number(percent) <= 100) return { kind: 'percent', percent: Number(percent) };
  if (typeof value === 'number' && TAKES.number(value)) return { kind: 'rows', rows: value };
  throw new RunError(
    'usage',
    'The option "maxFailures" takes a number of rows, such as 20, or a share, such as "5%".',
  );
}
