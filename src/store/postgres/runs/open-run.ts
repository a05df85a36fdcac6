import type { Disk } from '../../../disk/disk.ts';
import type { Clock } from '../../../model/clock.ts';
import { identify, reportPath } from '../../input-bytes.ts';
import { RunError } from '../../../model/run-error.ts';
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
import { clearBeside, nameBeside, takePlace as takePlaceOf } from './take-place.ts';

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
  /** Gives a new run its place, before its first line: what a restart begins anew is set aside now, and no sooner. */
  readonly takePlace: () => Promise<void>;
  /** Ends our hold of all that a new run was to set aside. */
  readonly letGoOfEarlier: () => Promise<void>;
}

/** Opens a new run, or an earlier one to go on with. `told` hears what a restart has set aside, once it has. */
export async function openRun(
  asked: RunTerms,
  meant: MeantRun,
  told: (setAside: readonly string[]) => void,
  context: OpenContext,
): Promise<OpenedRow> {
  const places = placesIn(context.database.place, meant);
  await context.presence.begin();
  const held = await hold(asked, meant, places, context);
  const earlier = asked.restart && held.row.lines > 0 ? held : undefined;
  const letGoOfEarlier = async (): Promise<void> => {
    if (earlier !== undefined) await leave(context.database.ask, earlier);
  };
  try {
    const own = earlier === undefined ? held : await holdBeside(asked, meant, places, context);
    const run = await openHeld(asked, own, places, context);
    const files = outputsOf(asked, places);
    const outputs = files.length === 0 ? files : [...files, reportPath(places.results)];
    const place = { meant, own: own.token, earlier: earlier?.token, outputs };
    const takePlace = async (): Promise<void> => {
      if (asked.restart) told(await takePlaceOf(place, context));
    };
    return { run, token: own.token, takePlace, letGoOfEarlier };
  } catch (error) {
    await letGoOfEarlier().catch(() => undefined);
    throw error;
  }
}

async function openHeld(
  asked: RunTerms,
  held: HeldRow,
  places: RunPlaces,
  context: OpenContext,
): Promise<KeptRun> {
  const { ask } = context.database;
  const { row, token } = held;
  try {
    if (asked.resultsStay === true) await assertFleets(ask, row);
    const kept = await readKeptState(ask, row, places.folder, 'newest mark');
    const { job } = kept.state;
    if (job === undefined) return { ...kept, row, places, job: await begin(asked, places, token, context) };
    const run = { ...kept, row, job, places };
    await assertSame(run, asked, ask);
    return run;
  } catch (error) {
    await leave(ask, held).catch(() => undefined);
    throw error;
  }
}

/** Whoever deletes the fleet at this moment is waited for; from now on nobody can, as long as we hold its run. */
async function assertFleets(ask: Ask, { account, name }: RunRow): Promise<void> {
  const own = await ask(
    `select from oppsweep.fleet_run r join oppsweep.fleet f on f.id = r.fleet
     where r.account = $1 and f.name = $2 for share of r`,
    [account, name],
  );
  if (own.length === 0) throw new RunError('interrupted', `The fleet ${name} was deleted.`);
}

interface HeldRow {
  readonly row: RunRow;
  readonly token: RunToken;
}

/** The earlier run, which we hold, keeps its name until the new one begins. */
async function holdBeside(
  asked: RunTerms,
  meant: MeantRun,
  places: RunPlaces,
  context: OpenContext,
): Promise<HeldRow> {
  await clearBeside(context.database, meant);
  return hold(asked, { ...meant, name: nameBeside(meant) }, places, context);
}

async function hold(
  { purpose }: RunTerms,
  meant: MeantRun,
  { folder }: RunPlaces,
  { database, presence, clock }: OpenContext,
): Promise<HeldRow> {
  const { ask } = database;
  const { id } = await makeRow(ask, meant);
  const epoch = await takeHold(database, { table: 'run', id }, { process: presence.id, purpose, clock });
  // As whoever had it before has left it: from now on that one can write no more.
  const row = await makeRow(ask, meant);
  const written = { lines: row.lines, sha256: row.head };
  return { row, token: { id, epoch, words: `The run in ${folder}`, written, failure: undefined } };
}

async function leave(ask: Ask, { row: { id, lines }, token: { epoch } }: HeldRow): Promise<void> {
  if (lines > 0) await letGo(ask, { table: 'run', id }, epoch);
  else await ask('delete from oppsweep.run where id = $1 and epoch = $2', [id, epoch]);
}

function outputsOf({ resultsStay = false }: RunTerms, { results, summary }: RunPlaces): readonly string[] {
  return resultsStay ? [] : [results, summary];
}

/** Copies the input into the store: the run works from this copy, wherever it goes on. */
async function begin(
  asked: RunTerms,
  places: RunPlaces,
  token: RunToken,
  { database, clock, disk }: OpenContext,
): Promise<JobEntry> {
  const { inputName, inputBytes } = asked;
  for (const path of asked.restart ? [] : outputsOf(asked, places))
    if (await disk.exists(path)) throw resultsExist(path);
  if (inputBytes === undefined) throw nothingToGoOnWith(places.folder);
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
  return newJob(asked, await identify(inputName, copied()), basename(places.results), clock.wallMs());
}

async function assertSame(run: KeptRun, { terms, inputName, inputBytes }: RunTerms, ask: Ask): Promise<void> {
  const { job, places } = run;
  assertSameTerms(job, { terms }, places.folder);
  const copy = await identify(inputName, contentsOf(run, ask).input());
  if (copy.sha256 !== job.input.sha256) throw copyDamaged(places.inputCopy, 'was changed');
  if (inputBytes !== undefined) assertSameInput(job, await identify(inputName, inputBytes), places.folder);
}
