import type { FleetRun } from '../../fleet/fleet-store.ts';
import type { Database } from '../database/database.ts';
import { fleetRunOf, RUN_COLUMNS, type FleetRow } from './fleet-row.ts';

/** Runs of fleets that have no line in a journal yet; their queue is not opened for it. */
export async function unbegunRuns(
  { ask }: Database,
  { account, name }: { readonly account?: string | undefined; readonly name?: string } = {},
): Promise<readonly FleetRun[]> {
  const rows = await ask<FleetRow>(
    `select ${RUN_COLUMNS} from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
     where ($1::text is null or f.name = $1) and ($2::text is null or r.account = $2)
       and not exists (select from oppsweep.run b where b.account = r.account and b.name = f.name and b.lines > 0)
     order by f.id, r.account`,
    [name ?? null, account ?? null],
  );
  return rows.map(fleetRunOf);
}
