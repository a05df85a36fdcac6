import { allAsWished, type Tally } from '../model/tally.ts';
import { RunError } from '../model/run-error.ts';
import { readStatus, type QuotaStatus, type SoundStatus } from '../run/record/read-status.ts';
import type { Holder } from '../store/holder.ts';
import { placeOf, readOptions, type FleetPlace } from './fleet-options.ts';
import { runName, type FleetRun, type FleetStop } from '../store/fleet/fleet-store.ts';
import type { RunStore } from '../store/run-store.ts';

/** `waiting`: for its quota, or for a worker. */
export type AccountState = 'waiting' | 'running' | 'stopped' | 'parked' | 'finished';

/** Where one account's run stands. */
export interface AccountStatus extends FleetPlace {
  readonly fleet: string;
  readonly account: string;
  /** By which `status`, `fleet stop` and `fleet resume` know it. */
  readonly run: string;
  readonly state: AccountState;
  /** Its fleet: when, and by whom. */
  readonly submitted?: FleetRun['submitted'];
  /** To send: done and left. */
  readonly rows: number;
  readonly rowsDone: number;
  readonly rowsLeft: number;
  /** Beside these: invalid, duplicates, or left out as asked for. */
  readonly rowsNeverSent: number;
  readonly quota: QuotaStatus | undefined;
  readonly holder: Holder | undefined;
  readonly expectedFinishMs: number | undefined;
  /** A worker may take it from then on, epoch milliseconds. */
  readonly nextAtMs: number | undefined;
  /** Why it does not go on, or waits. */
  readonly stop: FleetStop | undefined;
  /** Rows by what became of them; of a finished run those too that the input alone decided. */
  readonly byStatus: Tally['byStatus'];
  /** Of a finished run: whether each row was settled as wished. */
  readonly asWished: boolean | undefined;
}

/** Reads where each of a fleet's runs stands; changes nothing. */
export async function readFleet(
  fleet: readonly FleetRun[],
  runs: RunStore,
): Promise<readonly AccountStatus[]> {
  const found: AccountStatus[] = [];
  for (const run of fleet) found.push(await accountStatus(run, runs));
  return found;
}

/** A run whose record can't be trusted is told as parked: a worker would park it. */
async function accountStatus(run: FleetRun, runs: RunStore): Promise<AccountStatus> {
  const parked = (message: string): AccountStatus => ({
    ...statusOf(run, undefined),
    state: 'parked',
    stop: { code: 'state_damaged', message },
  });
  try {
    const record = await runs.record(runName(run), 'newest mark');
    const status = record && (await readStatus(record));
    if (status?.journalFault !== undefined)
      return parked(`The run's journal was changed: ${status.journalFault}.`);
    return statusOf(run, status);
  } catch (error) {
    if (!(error instanceof RunError) || error.code !== 'state_damaged') throw error;
    return parked(error.message);
  }
}

function statusOf(run: FleetRun, status: SoundStatus | undefined): AccountStatus {
  const rowsDone = status?.settled.rows ?? 0;
  const rowsToRun = status?.rowsToRun ?? run.rowsToRun;
  const state = stateOf(run, status);
  return {
    fleet: run.fleet,
    account: run.account,
    run: runName(run),
    state,
    ...placeOf(readOptions(run.options)),
    ...(run.submitted !== undefined && { submitted: run.submitted }),
    rows: rowsToRun,
    rowsDone,
    rowsLeft: rowsToRun - rowsDone,
    rowsNeverSent: run.rows - rowsToRun,
    quota: status?.quota,
    holder: status?.holder,
    expectedFinishMs: state === 'waiting' || state === 'running' ? status?.expectedFinishMs : undefined,
    nextAtMs: state === 'waiting' ? run.nextAtMs : undefined,
    stop: state === 'running' || state === 'finished' ? undefined : run.stop,
    byStatus: (status?.end?.tally ?? status?.settled)?.byStatus ?? {},
    asWished: status?.end && allAsWished(status.end.tally),
  };
}

/** A run whose end is not told to the fleet yet is finished all the same. */
function stateOf({ state }: FleetRun, status: SoundStatus | undefined): AccountState {
  if (status?.state === 'finished') return 'finished';
  if (status?.state === 'running') return 'running';
  return state === 'queued' ? 'waiting' : state;
}
