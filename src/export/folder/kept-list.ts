import type { AppendFile } from '../../disk/append-file.ts';
import type { Disk } from '../../disk/disk.ts';
import type { OpportunityId } from '../../model/entity.ts';
import { sealed, soundLines } from './sealed-line.ts';

/** An opportunity to read, or a value that should have been one: plain text for most, since there may be a million. */
export type Listed = OpportunityId | { readonly row: number; readonly text: string };

interface Page {
  readonly items: readonly Listed[];
  /** Absent: the list is whole. */
  readonly next?: string;
}

/** The opportunities of an export: read whole first, and kept. */
export interface KeptList {
  /** Each opportunity once, in the order of the list. */
  readonly items: () => readonly Listed[];
  readonly isWhole: () => boolean;
  /** The token of the page that comes next; undefined: the first. */
  readonly nextToken: () => string | undefined;
  /** Keeps a page; without `next` the list is whole, and durable: reads are known by their place in it. */
  readonly keep: (items: readonly Listed[], next: string | undefined) => Promise<void>;
  /** Forgets every page. */
  readonly beginAgain: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the list that earlier sessions left, or an empty one. */
export async function openKeptList(disk: Disk, path: string): Promise<KeptList> {
  const pages: Page[] = [];
  let end = 0;
  for await (const line of soundLines(disk, path)) {
    // The checksum shows that this tool wrote the line.
    pages.push(line.value as Page);
    end = line.end;
  }
  const file = await disk.openForAppend(path);
  try {
    if (end < file.size()) await file.truncate(end);
  } catch (error) {
    await file.close();
    throw error;
  }
  return keptList(file, pages);
}

function keptList(file: AppendFile, before: Page[]): KeptList {
  let items: Listed[] = [];
  let seen = new Set<string>();
  let last: Pick<Page, 'next'> | undefined;
  const add = ({ items: found, next }: Page): void => {
    for (const item of found) {
      const key = typeof item === 'string' ? item : `row ${item.row}`;
      if (seen.has(key)) continue;
      seen.add(key);
      items.push(item);
    }
    last = next === undefined ? {} : { next };
    if (next === undefined) seen = new Set();
  };
  for (const page of before) add(page);
  before.length = 0;
  return {
    items: () => items,
    isWhole: () => last !== undefined && last.next === undefined,
    nextToken: () => last?.next,
    keep: async (page, next) => {
      const kept = { items: page, ...(next !== undefined && { next }) };
      await file.append(Buffer.from(sealed(kept)));
      // A crash before may lose pages: they are asked for again.
      if (next === undefined) await file.flush();
      add(kept);
    },
    beginAgain: async () => {
      await file.truncate(0);
      [items, seen, last] = [[], new Set(), undefined];
    },
    close: () => file.close(),
  };
}
