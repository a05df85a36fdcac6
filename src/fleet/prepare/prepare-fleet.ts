import { RunError } from '../../model/run-error.ts';
import type { InputTally } from '../../input/rows/input-tally.ts';
import type { ChangesAtMost } from '../../run/request/changes-at-most.ts';
import { callLimitsOf } from '../../run/request/run-options.ts';
import { inOrder } from '../../run/rows/in-order.ts';
import { realDuration } from '../../run/service/real-duration.ts';
import type { SubmittedFleet } from '../../store/fleet/fleet-store.ts';
import { placeOf, writeOptions, type FleetOptions, type FleetPlace } from '../fleet-options.ts';
import { eachOf, partsOf, type AskedFleet, type Part } from './parts-of.ts';
import { prepareRun, type PreparedFile, type PreparedRun, type TriedRun } from './prepare-run.ts';
import type { FleetContext } from '../run-slice.ts';
import { faultOf, unusable, type RowFault } from './row-faults.ts';
import { unmetByAll } from './unmet-by-all.ts';

export interface PreparedFleet {
  readonly fleet: SubmittedFleet;
  /** Where all of its calls will go. */
  readonly place: FleetPlace;
  /** Of all runs together. */
  readonly changes: ChangesAtMost;
  readonly files: readonly PreparedFile[];
  /** What the account with the most writes takes at least, on a day whose quota is unused; milliseconds. */
  readonly longestMs: number;
}

/**
 * Reads every file and signs in to every account, before anything is queued. Throws a `RunError` that names each row whose file or account
 * is not good, with all that is not.
 */
export async function prepareFleet(
  asked: AskedFleet,
  options: FleetOptions,
  context: FleetContext,
): Promise<PreparedFleet> {
  const parts = await partsOf(asked);
  const prepared: PreparedRun[] = [];
  const faults: RowFault[] = [...parts.faults];
  const rowOf = new Map<string, number>();
  const tried = async (part: Part): Promise<TriedRun & { readonly part: Part }> => ({
    part,
    ...(await prepareRun(part, asked.name, options, context)),
  });
  const tallies: InputTally[] = [];
  for await (const { part, one, tally, faults: own } of inOrder(eachOf(parts.found), AT_ONCE, tried)) {
    for (const error of own) assertOfRow(error);
    faults.push(...own.map((error) => faultOf(part.row, part.inputName, error)));
    if (tally !== undefined) tallies.push(tally);
    if (one === undefined) continue;
    const before = rowOf.get(one.run.account);
    const first = prepared[0]?.endpoint ?? one.endpoint;
    if (one.endpoint !== first) faults.push(otherEndpoint(part.row, one.endpoint, first));
    if (before !== undefined) faults.push(twiceOne(one.run.account, [before, part.row], asked.accountColumn));
    rowOf.set(one.run.account, part.row);
    prepared.push(one);
  }
  const unmet = tallies.length === parts.found.length ? unmetByAll(asked.path, tallies) : undefined;
  const [only, ...others] = [asked.fault, unmet].filter((fault) => fault !== undefined);
  const ofAll = [only, ...others].flatMap((fault) => fault ?? []).map(faultOfAll);
  if (faults.length + others.length > 0)
    throw unusable(asked.path, [...ofAll, ...faults], parts.found.length);
  if (only !== undefined) throw only;
  return preparedFleet(asked.name, prepared, options);
}

/** Of files that are read and accounts that are signed in to. */
const AT_ONCE = { slots: 16, window: 16 };

function faultOfAll({ message, advice }: RunError): RowFault {
  return { rows: [], words: message, advice };
}

/** Throws what no row is to blame for: it would be told of each. */
function assertOfRow(error: RunError): void {
  const { code, message, advice = { code: 'submit_again' } } = error;
  if (code !== 'service_unreachable' && code !== 'clock_skewed') return;
  throw new RunError(code, message, advice, error);
}

function twiceOne(account: string, rows: readonly [number, number], column?: string): RowFault {
  const words =
    column === undefined
      ? `both are of account ${account}: an account has one file`
      : `they name account ${account} in two ways in column "${column}": write one of them in all of its rows`;
  return { rows, words };
}

/** Profiles may name one each; a rehearsal and real work are not one fleet. */
function otherEndpoint(row: number, endpoint: string, first: string): RowFault {
  const words = `its profile has calls go to ${endpoint}, and those of the rows before go to ${first}: a fleet has one endpoint`;
  return { rows: [row], words };
}

function preparedFleet(name: string, prepared: readonly PreparedRun[], options: FleetOptions): PreparedFleet {
  const sum = (of: (run: PreparedRun) => number): number =>
    prepared.reduce((total, run) => total + of(run), 0);
  const isWhole = prepared.every(({ changes }) => changes.opportunities !== undefined);
  const kept = { ...options, endpoint: prepared[0]?.endpoint };
  return {
    place: placeOf(kept),
    fleet: { name, options: writeOptions(kept), runs: prepared.map(({ run }) => run) },
    changes: {
      removals: sum(({ changes }) => changes.removals),
      attachments: sum(({ changes }) => changes.attachments),
      opportunities: isWhole ? sum(({ changes }) => changes.opportunities ?? 0) : undefined,
    },
    files: prepared.map(({ file }) => file),
    longestMs: Math.max(
      ...prepared.map(({ file: { writes } }) =>
        realDuration({ writes, reads: 0 }, callLimitsOf(options.run)),
      ),
    ),
  };
}
