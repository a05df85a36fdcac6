import type { Disk } from '../../../disk/disk.ts';
import type { Clock } from '../../../model/clock.ts';
import { identify } from '../../input-bytes.ts';
import type { JobEntry } from '../../journal-line.ts';
import type { RunPlaces, RunTerms } from '../../run-store.ts';
import { assertSameInput, assertSameTerms, newJob, nothingToGoOnWith, resultsExist } from '../../same-run.ts';
import type { Committer } from '../database/committer.ts';
import type { RunToken } from '../database/write.ts';
import type { Ask, Database } from '../database/database.ts';
import { letGo, takeHold } from '../database/hold.ts';
import { readKeptState } from './kept-state.ts';
import type { Presence } from '../database/presence.ts';
import { assertOurs } from './result-pieces.ts';
import { contentsOf, copyDamaged, type KeptRun } from './run-contents.ts';
import { basename } from 'node:path';
import { placesIn, type MeantRun } from './run-names.ts';
import { makeRow, type RunRow } from './run-row.ts';

export interface OpenContext {
  readonly database: Database;
  readonly presence: Presence;
  readonly committer: Committer;
  readonly disk: Disk;
  readonly clock: Clock;
}

/** A run that is ours until it is let go of. */
export interface OpenedRow {
  readonly run: KeptRun;
  readonly token: RunToken;
}

/** Opens a new run, or an earlier one to go on with. `told` hears at once what a restart has set aside. */
export async function openRun(
  asked: RunTerms,
  meant: MeantRun,
  told: (setAside: readonly string[]) => void,
  context: OpenContext,
): Promise<OpenedRow> {
  const { database } = context;
  const places = placesIn(database.place, meant);
  await context.presence.begin();
  if (asked.restart) told(await setAside(asked, meant, context));
  const { row, token } = await hold(asked, meant, places, context);
  try {
    const kept = await readKeptState(database.ask, row, places.folder, 'newest mark');
    const { job } = kept.state;
    if (job === undefined)
      return { run: { ...kept, row, places, job: await begin(asked, places, token, context) }, token };
    const run = { ...kept, row, job, places };
    await assertSame(run, asked, database.ask);
    return { run, token };
  } catch (error) {
    await leave(database.ask, row, token).catch(() => undefined);
    throw error;
  }
}

async function hold(
  { purpose }: RunTerms,
  meant: MeantRun,
  { folder }: RunPlaces,
  { database: { ask }, presence, clock }: OpenContext,
): Promise<{ readonly row: RunRow; readonly token: RunToken }> {
  const { id } = await makeRow(ask, meant);
  const epoch = await takeHold(ask, { table: 'run', id }, { process: presence.id, purpose, clock });
  // As whoever had it before has left it: from now on that one can write no more.
  const row = await makeRow(ask, meant);
  const written = { lines: row.lines, sha256: row.head };
  return { row, token: { id, epoch, words: `The run in ${folder}`, written, failure: undefined } };
}

async function leave(ask: Ask, { id, lines }: RunRow, { epoch }: RunToken): Promise<void> {
  if (lines > 0) await letGo(ask, { table: 'run', id }, epoch);
  else await ask('delete from oppsweep.run where id = $1 and epoch = $2', [id, epoch]);
}

/** Gives an earlier run another name; it keeps all that it has. */
async function setAside(asked: RunTerms, meant: MeantRun, context: OpenContext): Promise<readonly string[]> {
  const { database, clock } = context;
  const { row, token } = await hold(asked, meant, placesIn(database.place, meant), context);
  if (row.lines === 0) {
    await leave(database.ask, row, token);
    return [];
  }
  const name = `${row.name}.${new Date(clock.wallMs()).toISOString().replaceAll(':', '-')}`;
  await database.ask(
    'update oppsweep.run set name = $3, holder = null, held_since = null where id = $1 and epoch = $2',
    [row.id, token.epoch, name],
  );
  return [placesIn(database.place, { ...meant, name }).folder];
}

/** Copies the input into the store: the run works from this copy, wherever it goes on. */
async function begin(
  asked: RunTerms,
  { results, summary, folder }: RunPlaces,
  token: RunToken,
  { database, clock, disk }: OpenContext,
): Promise<JobEntry> {
  const { inputName, inputBytes, resultsStay = false } = asked;
  for (const path of resultsStay ? [] : [results, summary])
    if (await disk.exists(path)) throw resultsExist(path);
  if (inputBytes === undefined) throw nothingToGoOnWith(folder);
  // Of a process that was cut off as it began.
  await database.ask('delete from oppsweep.input where run = $1', [token.id]);
  let number = 0;
  const copied = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of inputBytes) {
      await database.transact(async (ask) => {
        await assertOurs(ask, token);
        await ask(
          `insert into oppsweep.input (run, n, bytes) values ($1, $2, $3)
           on conflict (run, n) do update set bytes = excluded.bytes`,
          [token.id, number, Buffer.from(piece)],
        );
      });
      number += 1;
      yield piece;
    }
  };
  return newJob(asked, await identify(inputName, copied()), basename(results), clock.wallMs());
}

async function assertSame(run: KeptRun, { terms, inputName, inputBytes }: RunTerms, ask: Ask): Promise<void> {
  const { job, places } = run;
  assertSameTerms(job, { terms }, places.folder);
  const copy = await identify(inputName, contentsOf(run, ask).input());
  if (copy.sha256 !== job.input.sha256) throw copyDamaged(places.inputCopy, 'was changed');
  if (inputBytes !== undefined) assertSameInput(job, await identify(inputName, inputBytes), places.folder);
}
