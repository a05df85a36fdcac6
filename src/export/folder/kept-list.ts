import type { AppendFile } from '../../disk/append-file.ts';
import type { Disk } from '../../disk/disk.ts';
import type { OpportunityId } from '../../model/entity.ts';
import { sealed, soundLines } from './sealed-line.ts';

/** An opportunity to read, or a value that should have been one. */
export type Listed = { readonly id: OpportunityId } | { readonly row: number; readonly text: string };

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
  /** Keeps a page; without `next` the list is whole. */
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

function keptList(file: AppendFile, before: readonly Page[]): KeptList {
  let items: Listed[] = [];
  let seen = new Set<string>();
  let last: Page | undefined;
  const add = (page: Page): void => {
    for (const item of page.items) {
      const key = 'id' in item ? item.id : `row ${item.row}`;
      if (seen.has(key)) continue;
      seen.add(key);
      items.push(item);
    }
    last = page;
  };
  for (const page of before) add(page);
  return {
    items: () => items,
    isWhole: () => last !== undefined && last.next === undefined,
    nextToken: () => last?.next,
    keep: async (page, next) => {
      const kept = { items: page, ...(next !== undefined && { next }) };
      await file.append(Buffer.from(sealed(kept)));
      await file.flush();
      add(kept);
    },
    beginAgain: async () => {
      await file.truncate(0);
      [items, seen, last] = [[], new Set(), undefined];
    },
    close: () => file.close(),
  };
}
