import { basename, dirname, join } from 'node:path';
import type { Disk } from '../../disk/disk.ts';
import { renameAll, type Renaming } from '../../disk/rename-all.ts';
import { exportPlaces, type ExportPlaces } from './export-places.ts';

const PARTS = ['results', 'unread', 'summary', 'folder'] as const;

/** Renames an earlier export and what belongs to it to a dated name beside it; nothing is deleted. Gives the new names. */
export async function setAside(places: ExportPlaces, at: Date, disk: Disk): Promise<readonly string[]> {
  const dated = await freePlaces(places, at, disk);
  const renamings = PARTS.map((part): Renaming => [places[part], dated[part]]);
  return (await renameAll(renamings, disk)).map(([, to]) => to);
}

/** `now.csv` becomes `now.2026-11-23T09-15-00Z.csv`; a second one of that second has `-2` behind it. */
async function freePlaces(places: ExportPlaces, at: Date, disk: Disk): Promise<ExportPlaces> {
  const stamp = at.toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  for (let number = 1; ; number += 1) {
    const dated = datedPlaces(places, number === 1 ? stamp : `${stamp}-${number}`);
    const taken = await Promise.all(PARTS.map((part) => disk.exists(dated[part])));
    if (!taken.includes(true)) return dated;
  }
}

function datedPlaces({ results }: ExportPlaces, stamp: string): ExportPlaces {
  const name = basename(results).replace(/(\.[^.]*)?$/, `.${stamp}$1`);
  return exportPlaces(join(dirname(results), name));
}
