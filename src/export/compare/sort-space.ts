import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Disk } from '../../disk/disk.ts';
import { ENTITY_TYPES } from '../../model/entity.ts';
import type { Associated } from './associated.ts';

/** Room on disk for the sorted pieces of files. */
export interface SortSpace {
  /** Keeps a piece, and gives it back as often as it is gone through. */
  readonly keep: (lines: readonly Associated[]) => Promise<AsyncIterable<Associated>>;
  readonly pieces: () => number;
  /** Removes whatever was kept. */
  readonly close: () => Promise<void>;
}

const LINES_AT_ONCE = 1_000;

/** A folder of its own within `parent`, made for the first piece; it may be read by its owner alone. */
export function openSortSpace(parent: string, disk: Disk): SortSpace {
  const folder = join(parent, `oppsweep-compare-${randomUUID()}`);
  const paths: string[] = [];
  return {
    keep: async (lines) => {
      await disk.makeFolder(folder, 0o700);
      const path = join(folder, `${paths.length}`);
      paths.push(path);
      const file = await disk.createForAppend(path, 0o600);
      try {
        for (let start = 0; start < lines.length; start += LINES_AT_ONCE) {
          await file.append(
            Buffer.from(
              lines
                .slice(start, start + LINES_AT_ONCE)
                .map(packed)
                .join(''),
            ),
          );
        }
      } finally {
        await file.close();
      }
      return kept(path, disk);
    },
    pieces: () => paths.length,
    close: async () => {
      for (const path of paths) await disk.remove(path);
      if (paths.length > 0) await disk.removeEmptyFolder(folder);
    },
  };
}

/** JSON escapes whatever tabs and line ends an identifier may hold. */
function packed({ opportunityId, entity, row }: Associated): string {
  const type = entity === undefined ? '' : ENTITY_TYPES.indexOf(entity.type);
  return `${opportunityId}\t${row}\t${type}\t${JSON.stringify(entity?.id ?? '')}\n`;
}

async function* kept(path: string, disk: Disk): AsyncGenerator<Associated> {
  let rest = Buffer.alloc(0);
  for await (const piece of disk.read(path)) {
    const text = Buffer.concat([rest, piece]);
    const end = text.lastIndexOf('\n') + 1;
    for (const line of text.toString('utf8', 0, end).split('\n')) if (line !== '') yield unpacked(line);
    rest = text.subarray(end);
  }
}

function unpacked(line: string): Associated {
  const [opportunityId = '', row = '', place = '', id = '""'] = line.split('\t');
  const type = place === '' ? undefined : ENTITY_TYPES[Number(place)];
  // Written by `packed`.
  return {
    opportunityId,
    row: Number(row),
    ...(type !== undefined && { entity: { type, id: JSON.parse(id) as string } }),
  };
}
