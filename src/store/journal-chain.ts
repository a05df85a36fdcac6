import { hash } from 'node:crypto';
import { checksumOf, type JournalEntry } from './journal-line.ts';

/** How far the chain of a journal's lines has come. */
export interface ChainHead {
  readonly lines: number;
  /** Of the last line, its check sum included, its newline not; zeros where there is none. */
  readonly sha256: string;
}

export const NO_LINES: ChainHead = { lines: 0, sha256: '0'.repeat(64) };

/** Links the lines of a journal: each has its number and the hash of the one before. */
export interface JournalChain {
  /** The entry's line, with its newline. */
  readonly link: (entry: JournalEntry) => string;
  readonly head: () => ChainHead;
}

/** A journal of an earlier version has no links: its chain begins behind its last line, which the first link holds fast. */
export function chainFrom(start: ChainHead): JournalChain {
  let head = start;
  return {
    link: (entry) => {
      const json = linked(entry, head);
      const line = `${checksumOf(json)} ${json}`;
      head = { lines: head.lines + 1, sha256: hashOf(line) };
      return `${line}\n`;
    },
    head: () => head,
  };
}

/** A line's own words of its place. */
export interface ChainLink {
  readonly n: number;
  readonly prev: string;
}

/** A link stands before all else in its line: whatever has it elsewhere was not written by this tool. */
const LINK = /^[0-9a-f]{8} \{"n":(\d+),"prev":"([0-9a-f]{64})"/;

/** `undefined`: a line of an earlier version, which has none. */
export function linkOf(line: string): ChainLink | undefined {
  const [, n, prev] = LINK.exec(line) ?? [];
  return n === undefined || prev === undefined ? undefined : { n: Number(n), prev };
}

export function headAfter(line: string, lines: number): ChainHead {
  return { lines: linkOf(line)?.n ?? lines, sha256: hashOf(line) };
}

export function hashOf(line: string): string {
  return hash('sha256', line);
}

/** What the links of a journal's lines show. */
export interface ChainFound extends ChainHead {
  /** The number of the first line that has a link; `undefined` where none has. */
  readonly linkedFrom: number | undefined;
  /** The first line that does not follow the one before it: something was cut out, put in, or changed before it. */
  readonly brokenAt: number | undefined;
  /** The hash of the line that was asked about, where there is one. */
  readonly sha256At: string | undefined;
}

export interface ChainFold {
  /** The next line, without its newline; it is sound. */
  readonly add: (line: string) => void;
  readonly found: () => ChainFound;
}

/** `at`: the number of the line whose hash is asked about; `start`: how far the chain had come before. */
export function foldChain(at?: number, start: ChainHead = NO_LINES): ChainFold {
  let head = start;
  let linkedFrom: number | undefined;
  let brokenAt: number | undefined;
  let sha256At: string | undefined;
  return {
    add: (line) => {
      const number = head.lines + 1;
      const link = linkOf(line);
      const follows =
        link === undefined ? linkedFrom === undefined : link.n === number && link.prev === head.sha256;
      if (!follows) brokenAt ??= number;
      if (link !== undefined) linkedFrom ??= number;
      head = { lines: number, sha256: hashOf(line) };
      if (number === at) sha256At = head.sha256;
    },
    found: () => ({ ...head, linkedFrom, brokenAt, sha256At }),
  };
}

/** In a line with a link, `n` is the line's number: the number of a row's write stands as `attempt`. */
function linked(entry: JournalEntry, { lines, sha256 }: ChainHead): string {
  const link = `{"n":${lines + 1},"prev":"${sha256}",`;
  if (!('n' in entry)) return link + JSON.stringify(entry).slice(1);
  // Spread behind its own member: a member that is added behind costs a microsecond, and one that is taken away two.
  return link + JSON.stringify({ attempt: entry.n, ...entry, n: undefined }).slice(1);
}
