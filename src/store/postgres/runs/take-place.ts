import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../../disk/disk.ts';
import { renameAll, renameBack, type Renaming } from '../../../disk/rename-all.ts';
import type { Clock } from '../../../model/clock.ts';
import { RunError } from '../../../model/run-error.ts';
import type { Database } from '../database/database.ts';
import type { RunToken } from '../database/write.ts';
import { assertOurs } from './result-pieces.ts';
import { placesIn, type MeantRun } from './run-names.ts';

/** A run that is begun anew, and the earlier one, held too, whose name it is to have. */
export interface Place {
  readonly meant: MeantRun;
  readonly own: RunToken;
  readonly earlier: RunToken | undefined;
  /** The files here that stand where the new run's are to be, or seem to be of it. */
  readonly outputs: readonly string[];
}

export interface PlaceDependencies {
  readonly database: Database;
  readonly disk: Disk;
  readonly clock: Pick<Clock, 'wallMs'>;
}

/** No name that somebody could mean: a run has it until it takes the place of an earlier one. */
export function nameBeside({ name }: MeantRun): string {
  return `${name}/${randomUUID()}`;
}

/** Removes what processes have left that were killed before their runs took place. Whoever holds the name calls it. */
export async function clearBeside({ ask }: Database, { account, name }: MeantRun): Promise<void> {
  await ask('delete from oppsweep.run where account = $1 and starts_with(name, $2) and lines = 0', [
    account,
    `${name}/`,
  ]);
}

/** Sets an earlier run, and its files here, aside: all of it, or nothing. Gives the new names. */
export async function takePlace(
  { meant, own, earlier, outputs }: Place,
  { database, disk, clock }: PlaceDependencies,
): Promise<readonly string[]> {
  const stamp = await freeStamp(outputs, clock.wallMs(), disk);
  const moved = await move(outputs, stamp, disk);
  if (earlier === undefined) return moved.map(([, to]) => to);
  const aside = { ...meant, name: `${meant.name}.${stamp}`, results: dated(meant.results, stamp) };
  try {
    await database.transact(async (ask) => {
      await assertOurs(ask, earlier);
      await ask(
        'update oppsweep.run set name = $2, results_name = $3, holder = null, held_since = null where id = $1',
        [earlier.id, aside.name, basename(aside.results)],
      );
      await assertOurs(ask, own);
      await ask('update oppsweep.run set name = $2 where id = $1', [own.id, meant.name]);
    });
  } catch (error) {
    await renameBack(moved, disk);
    throw error;
  }
  return [...moved.map(([, to]) => to), placesIn(database.place, aside).folder];
}

/** `people.results.csv` becomes `people.2026-11-23T09-15-00.123Z.results.csv`, its summary and its report likewise. */
function dated(path: string, stamp: string): string {
  const name = basename(path).replace(/((\.results)?(\.summary|\.report)?\.[^.]*)?$/i, `.${stamp}$1`);
  return join(dirname(path), name);
}

/** Of a moment whose names are free. */
async function freeStamp(outputs: readonly string[], atMs: number, disk: Disk): Promise<string> {
  const stamp = new Date(atMs).toISOString().replaceAll(':', '-');
  for (const path of outputs)
    if (await disk.exists(dated(path, stamp))) return freeStamp(outputs, atMs + 1, disk);
  return stamp;
}

async function move(outputs: readonly string[], stamp: string, disk: Disk): Promise<readonly Renaming[]> {
  const renamings = outputs.map((path): Renaming => [path, dated(path, stamp)]);
  return renameAll(renamings, disk).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RunError(
      'output_unwritable',
      `What an earlier run has left here can't be renamed: ${reason}. Nothing was sent.`,
      undefined,
      error,
    );
  });
}
