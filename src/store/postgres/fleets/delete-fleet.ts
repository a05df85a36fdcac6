import { RunError } from '../../../model/run-error.ts';
import type { RestingRun } from '../../fleet/fleet-store.ts';
import type { Ask, Database } from '../database/database.ts';

interface Resting extends RestingRun {
  /** Of its row beside those of all runs; `null` where nothing of it was ever begun. */
  readonly id: string | null;
}

/** The runs of a fleet; none where there is no such fleet. Throws a `RunError` where one of them is queued or under way. */
export function fleetAtRest(name: string, { transact }: Database): Promise<readonly RestingRun[]> {
  return transact((ask) => restingRuns(name, ask));
}

/**
 * Takes a fleet away, with inputs, journals and results of its runs; what accounts have called stays counted. Throws a `RunError` where one of
 * its runs is queued or under way. Made twice, it is as made once.
 */
export async function deleteFleet(name: string, { transact }: Database): Promise<void> {
  await transact(async (ask) => {
    // One by one: of hundreds of runs at once, the answer might be waited for too long.
    for (const { id } of await restingRuns(name, ask))
      if (id !== null) await ask('delete from oppsweep.run where id = $1', [id]);
    await ask('delete from oppsweep.fleet where name = $1', [name]);
  });
}

/** Nobody queues one of them, or takes hold of one, until the transaction ends. */
async function restingRuns(name: string, ask: Ask): Promise<readonly Resting[]> {
  const rows = await ask<{ account: string; queued: boolean; fetched: boolean }>(
    `select r.account, r.state = 'queued' as queued, r.fetched_at is not null as fetched
     from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
     where f.name = $1 order by r.account for update`,
    [name],
  );
  const begun = await ask<{ id: string; account: string; begun: boolean; finished: boolean; held: boolean }>(
    `select id, account, lines > 0 as begun, summary is not null as finished,
       holder is not null and oppsweep.lives(holder) as held
     from oppsweep.run where name = $1 and account = any($2::text[]) order by account for update`,
    [name, rows.map(({ account }) => account)],
  );
  const busy: string[] = [];
  const runs = rows.map(({ account, queued, fetched }): Resting => {
    const own = begun.find((row) => row.account === account);
    const run = `${account}/${name}`;
    if (own?.held === true) busy.push(`${run} is under way`);
    else if (queued) busy.push(`${run} is queued`);
    const state = own?.finished === true ? 'finished' : own?.begun === true ? 'unfinished' : 'not begun';
    return { run, state, fetched, id: own?.id ?? null };
  });
  if (busy.length > 0) throw notAtRest(name, busy);
  return runs;
}

const SHOWN = 3;

function notAtRest(fleet: string, busy: readonly string[]): RunError {
  const more = busy.length > SHOWN ? [`${busy.length - SHOWN} more`] : [];
  return new RunError(
    'run_held',
    `The fleet ${fleet} is not at rest: ${[...busy.slice(0, SHOWN), ...more].join(', ')}.`,
    { code: 'stop_fleet', fleet },
  );
}
