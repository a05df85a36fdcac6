import { basename } from 'node:path';
import { RunError } from '../../../model/run-error.ts';
import { NO_LINES } from '../../journal-chain.ts';
import type { Ask, Database } from '../database/database.ts';
import type { MeantRun } from './run-names.ts';

/** A run as its row has it. */
export interface RunRow {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly epoch: string;
  readonly lines: number;
  readonly head: string;
}

const COLUMNS = 'id, account, name, epoch, lines, head';

/** Throws a `RunError` where several accounts have a run of that name. */
export async function findRow(
  { ask, place }: Database,
  { account, name }: MeantRun,
): Promise<RunRow | undefined> {
  const rows = await ask<RunRow>(
    `select ${COLUMNS} from oppsweep.run
     where name = $1 and ($2::text is null or account = $2) and lines > 0 order by account`,
    [name, account ?? null],
  );
  if (rows.length > 1) {
    const names = rows.map((row) => `${row.account}/${row.name}`);
    throw new RunError('usage', `Several accounts have a run ${name} in the store ${place}.`, {
      code: 'name_run_of_account',
      names,
    });
  }
  return rows[0];
}

/** Those that have a line, of one account or of all. */
export async function begunRows({ ask }: Database, account?: string): Promise<readonly RunRow[]> {
  return ask<RunRow>(
    `select ${COLUMNS} from oppsweep.run
     where lines > 0 and ($1::text is null or account = $1) order by name, account`,
    [account ?? null],
  );
}

/** The row of a run that somebody has taken, with lines or without; of several accounts' the first. */
export async function heldRow(
  { ask }: Database,
  { account, name }: MeantRun,
): Promise<RunRow['id'] | undefined> {
  const [row] = await ask<Pick<RunRow, 'id'>>(
    `select id from oppsweep.run
     where name = $1 and ($2::text is null or account = $2) and holder is not null order by account limit 1`,
    [name, account ?? null],
  );
  return row?.id;
}

/** When a worker takes a run that is a fleet's, and in its queue, epoch milliseconds. */
export async function queuedFor(
  { ask }: Database,
  { account, name }: Pick<RunRow, 'account' | 'name'>,
): Promise<number | undefined> {
  const [row] = await ask<{ next: Date | null }>(
    `select r.next_at as next from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
     where r.account = $1 and f.name = $2 and r.state = 'queued'`,
    [account, name],
  );
  return row?.next?.getTime();
}

/** The state of the fleet's run of that name; `undefined` where it is none. */
export async function stateInFleet(
  ask: Ask,
  { account, name }: Pick<RunRow, 'account' | 'name'>,
): Promise<string | undefined> {
  const [row] = await ask<{ state: string }>(
    `select r.state from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
     where r.account = $1 and f.name = $2`,
    [account, name],
  );
  return row?.state;
}

/** A row of a run that has no line yet. */
export async function makeRow(ask: Ask, { account, name, results }: MeantRun): Promise<RunRow> {
  await ask(
    `insert into oppsweep.run (account, name, results_name, head) values ($1, $2, $3, $4)
     on conflict (account, name) do nothing`,
    [account, name, basename(results), NO_LINES.sha256],
  );
  return readRow(ask, account, name);
}

async function readRow(ask: Ask, account: string | undefined, name: string): Promise<RunRow> {
  const [row] = await ask<RunRow>(`select ${COLUMNS} from oppsweep.run where account = $1 and name = $2`, [
    account,
    name,
  ]);
  if (row === undefined) throw new Error(`The row of run ${name} is gone.`);
  return row;
}
