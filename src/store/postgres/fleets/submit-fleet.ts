import { RunError } from '../../../model/run-error.ts';
import type { SubmittedFleet } from '../../fleet/fleet-store.ts';
import type { Ask, Database } from '../database/database.ts';
import { queueRun, type FleetsContext } from './queue-run.ts';

/** Runs and their jobs in one transaction: all of them are queued, or none is. */
export async function submitFleet(fleet: SubmittedFleet, { database, boss }: FleetsContext): Promise<void> {
  const { transact, place } = database;
  await transact(async (ask) => {
    await assertNew(fleet, ask, place);
    const [row] = await ask<{ id: string }>(
      'insert into oppsweep.fleet (name, terms, submitted_by) values ($1, $2, $3) returning id',
      [fleet.name, fleet.options, fleet.by],
    );
    for (const run of fleet.runs) {
      const [made] = await ask<{ id: string }>(
        `insert into oppsweep.fleet_run
           (fleet, account, profile, role_arn, external_id, session_name, input_name, input, row_count, rows_to_run)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id`,
        [
          row?.id,
          run.account,
          run.profile,
          run.roleArn,
          run.externalId,
          run.sessionName,
          run.inputName,
          Buffer.from(run.input),
          run.rows,
          run.rowsToRun,
        ],
      );
      if (made !== undefined) await queueRun({ run: made.id }, { inMs: 0 }, { ask, boss });
    }
  });
}

export async function assertFree(
  name: string,
  { ask, place }: Pick<Database, 'ask' | 'place'>,
): Promise<void> {
  const fleets = await ask('select from oppsweep.fleet where name = $1', [name]);
  if (fleets.length > 0) throw taken(`The store ${place} has a fleet ${name} already.`);
}

async function assertNew({ name, runs }: SubmittedFleet, ask: Ask, place: string): Promise<void> {
  await assertFree(name, { ask, place });
  const [run] = await ask<{ account: string }>(
    'select account from oppsweep.run where name = $1 and account = any($2::text[]) and lines > 0 order by account limit 1',
    [name, runs.map(({ account }) => account)],
  );
  if (run !== undefined) throw taken(`The store ${place} has a run ${run.account}/${name} already.`);
}

function taken(message: string): RunError {
  return new RunError('usage', message, { code: 'name_fleet' });
}
