import { createHash, type Hash } from 'node:crypto';
import { RunError } from '../../../model/run-error.ts';
import { foldChain } from '../../journal-chain.ts';
import type { JournalEntry, KeptMembers } from '../../journal-line.ts';
import { marksBack, type PlacedMark } from '../../journal/marks-back.ts';
import { readJournal } from '../../journal/read-journal.ts';
import type { Resumed } from '../../run-store.ts';
import type { RunToken } from '../database/write.ts';
import type { Ask, Database } from '../database/database.ts';
import { keptBytes, keptLines, markLinesBack } from './kept-text.ts';
import { goOnWithPieces } from './result-pieces.ts';
import type { KeptRun } from './run-contents.ts';

/** Goes on from the newest mark whose rows the results so far have; `undefined` where there is none. */
export async function resumeAtMark(
  { row, job, places, mark: newest }: KeptRun,
  { database, token }: { readonly database: Database; readonly token: RunToken },
  fits: (kept: KeptMembers) => boolean,
): Promise<Resumed | undefined> {
  if (newest === undefined) return undefined;
  const { ask } = database;
  for await (const placed of marksBack(markLinesBack(ask, row.id, row.lines), job.id)) {
    const { rows, kept, results } = placed.mark;
    if (!fits(kept)) continue;
    const hash = await hashOfFirst(results.bytes, ask, row.id);
    if (hash?.copy().digest('hex') !== results.sha256) continue;
    return {
      rows,
      kept,
      entries: () => entriesBehind(placed, ask, row, places.folder),
      results: await goOnWithPieces(database, token, { bytes: results.bytes, hash }),
    };
  }
  return undefined;
}

/** Of the results so far; `undefined` where they have fewer bytes. */
async function hashOfFirst(bytes: number, ask: Ask, run: string): Promise<Hash | undefined> {
  const hash = createHash('sha256');
  let left = bytes;
  for await (const piece of keptBytes(ask, 'result', run)) {
    hash.update(piece.subarray(0, left));
    left -= Math.min(left, piece.length);
    if (left === 0) break;
  }
  return left === 0 ? hash : undefined;
}

/** Those of this session are not among them. */
async function* entriesBehind(
  { mark, fromByte: line, before }: PlacedMark,
  ask: Ask,
  row: KeptRun['row'],
  words: string,
): AsyncGenerator<JournalEntry> {
  yield* mark.ahead;
  const links = foldChain(undefined, before);
  for await (const placed of readJournal(words, keptLines(ask, row.id, line, row.lines))) {
    links.add(placed.line);
    assertUnbroken(links.found(), words);
    yield placed.entry;
  }
}

export function assertUnbroken({ brokenAt }: { readonly brokenAt: number | undefined }, words: string): void {
  if (brokenAt === undefined) return;
  throw new RunError(
    'state_damaged',
    `The journal in ${words} was changed: line ${brokenAt} does not follow the one before it. What the run did can't be told from it.`,
    { code: 'begin_again' },
  );
}
