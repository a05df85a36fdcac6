import { hashOf, linkOf, type ChainHead } from '../journal-chain.ts';
import { decodeLine, type MarkEntry } from '../journal-line.ts';
import { isMark } from '../journal-shape.ts';
import type { PlacedLine } from './lines-back.ts';

/** A mark whose line follows the one before it. */
export interface PlacedMark {
  readonly mark: MarkEntry;
  /** The byte of the journal that its line begins at. */
  readonly fromByte: number;
  /** How far the chain had come before it. */
  readonly before: ChainHead;
}

/** The marks of a run in its journal's lines, which come from the last one back. */
export async function* marksBack(lines: AsyncIterable<PlacedLine>, run: string): AsyncGenerator<PlacedMark> {
  let found: (Omit<PlacedMark, 'before'> & { readonly line: string }) | undefined;
  for await (const { bytes, fromByte } of lines) {
    const before = found && headBefore(found.line, bytes.toString('utf8'));
    if (found !== undefined && before !== undefined) yield { ...found, before };
    found = undefined;
    if (!isLikeMark(bytes)) continue;
    const line = bytes.toString('utf8');
    const mark = decodeLine(line);
    if (mark !== undefined && isMark(mark) && mark.run === run) found = { mark, fromByte, line };
  }
}

/** Check sum and link, and then the kind: most lines are others, and need not be looked into. */
const HEAD_BYTES = 160;
const KIND = '"t":"mark"';

function isLikeMark(line: Buffer): boolean {
  return line.subarray(0, HEAD_BYTES).includes(KIND);
}

/** `undefined` where the line does not follow the one before it. */
function headBefore(line: string, before: string): ChainHead | undefined {
  const link = linkOf(line);
  const lines = (link?.n ?? 0) - 1;
  const follows = link?.prev === hashOf(before) && (linkOf(before)?.n ?? lines) === lines;
  return follows ? { lines, sha256: link.prev } : undefined;
}
