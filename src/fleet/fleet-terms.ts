import type { InputOptions } from '../input/columns/input-options.ts';
import { RunError } from '../model/run-error.ts';
import type { RunOptions } from '../run/request/run-options.ts';
import type { FleetRun } from '../store/fleet/fleet-store.ts';
import type { FleetOptions } from './fleet-options.ts';

/** Options that a run keeps: none of the store, of the screen, or of this process. */
export const RUN_TERMS: readonly (keyof RunOptions)[] = [
  'catalog',
  'region',
  'profile',
  'endpointUrl',
  'caBundle',
  'rate',
  'readRate',
  'dailyQuota',
  'dailyReadQuota',
  'reserve',
  'wait',
  'concurrency',
  'maxAttempts',
  'timeout',
  'maxFailures',
  'outageWait',
  'waitForCredentials',
  'limit',
  'only',
  'preflight',
  'protectLast',
  'detachFirst',
  'skipLocked',
  'readLag',
  'allLines',
  'defuseAll',
];

/** The compiler asks for each: a later version's worker alone keeps to a term that is new. */
const TERMS: Readonly<Record<keyof FleetOptions, true>> = {
  run: true,
  input: true,
  endpoint: true,
  replaceMap: true,
};

const INPUT_TERMS: Readonly<Record<keyof InputOptions, true>> = {
  opportunityColumn: true,
  typeColumn: true,
  entityColumn: true,
  entityColumns: true,
  replaceColumn: true,
  replaceTypeColumn: true,
  entityType: true,
  delimiter: true,
  encoding: true,
  noHeader: true,
  ownTable: true,
  split: true,
  where: true,
  partOfWhole: true,
  entities: true,
  only: true,
  unreplaced: true,
  replaceWith: true,
  solutions: true,
  replaceMap: true,
  pieceBytes: true,
  sheet: true,
  visibleOnly: true,
  isBeside: true,
};

/** Throws a `RunError` that names what a later version asks for, and this one would pass over. */
export function assertTermsKnown({ fleet }: Pick<FleetRun, 'fleet'>, options: FleetOptions): void {
  const known: ReadonlySet<string> = new Set(RUN_TERMS);
  const [unknown] = [
    ...Object.keys(options).filter((name) => !Object.hasOwn(TERMS, name)),
    ...Object.keys(options.run).filter((name) => !known.has(name)),
    ...Object.keys(options.input).filter((name) => !Object.hasOwn(INPUT_TERMS, name)),
  ];
  if (unknown === undefined) return;
  throw new RunError(
    'usage',
    `The fleet ${fleet} was submitted by a later version of oppsweep: it asks for ${unknown}, which this one does not know.`,
    { code: 'install_newer' },
  );
}
