import type { FleetRun, FleetRunState } from '../../fleet/fleet-store.ts';
import { ofNewest } from '../../fleet/of-newest.ts';

/** A run of a fleet as its row has it. */
export interface FleetRow {
  readonly id: string;
  readonly fleet: string;
  readonly options: string;
  readonly account: string;
  readonly profile: string | null;
  readonly role_arn: string | null;
  readonly external_id: string | null;
  readonly session_name: string | null;
  readonly input_name: string;
  readonly row_count: number;
  readonly rows_to_run: number;
  readonly state: FleetRunState;
  readonly next_at: Date | null;
  readonly stop_code: string | null;
  readonly stop_message: string | null;
  readonly submitted_at: Date;
  readonly submitted_by: string | null;
}

export const RUN_COLUMNS = `r.id, f.name as fleet, f.terms as options, r.account, r.profile, r.role_arn, r.external_id, r.session_name,
  r.input_name, r.row_count, r.rows_to_run, r.state, r.next_at, r.stop_code, r.stop_message,
  f.submitted_at, f.submitted_by`;

/** Each row brings one of its own. */
const oneCopy = ofNewest((text) => text);

export function fleetRunOf(row: FleetRow): FleetRun {
  return {
    fleet: row.fleet,
    account: row.account,
    options: oneCopy(row.options),
    profile: row.profile ?? undefined,
    roleArn: row.role_arn ?? undefined,
    externalId: row.external_id ?? undefined,
    sessionName: row.session_name ?? undefined,
    inputName: row.input_name,
    rows: row.row_count,
    rowsToRun: row.rows_to_run,
    state: row.state,
    nextAtMs: row.next_at?.getTime(),
    stop: row.stop_code === null ? undefined : { code: row.stop_code, message: row.stop_message ?? '' },
    submitted: { atMs: row.submitted_at.getTime(), by: row.submitted_by ?? undefined },
  };
}
