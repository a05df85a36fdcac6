import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  foldChain,
  type ChainFound,
  chainFrom,
  hashOf,
  headAfter,
  linkOf,
  NO_LINES,
} from '../../src/store/journal-chain.ts';
import { checksumOf, decodeLine, encodeLine, type JournalEntry } from '../../src/store/journal-line.ts';
import { doneEntry, JOB, tryEntry } from '../results/samples.ts';

function linesOf(entries: readonly JournalEntry[], start = NO_LINES): string[] {
  const chain = chainFrom(start);
  return entries.map((entry) => chain.link(entry).trimEnd());
}

function check(lines: readonly string[], at?: number): ChainFound {
  const fold = foldChain(at);
  for (const line of lines) fold.add(line);
  return fold.found();
}

/** As somebody would who knows how a line is made. */
function withRightCheckSum(line: string, change: (json: string) => string): string {
  const json = change(line.slice(9));
  return `${checksumOf(json)} ${json}`;
}

const ENTRIES: readonly JournalEntry[] = [JOB, tryEntry(0), tryEntry(1), doneEntry(1), doneEntry(0)];

describe('the chain of a journal', () => {
  it('numbers each line, and names the hash of the one before', () => {
    const lines = linesOf(ENTRIES);
    expect(lines.map((line) => linkOf(line))).toEqual(
      lines.map((_, index) => ({
        n: index + 1,
        prev: index === 0 ? NO_LINES.sha256 : hashOf(lines[index - 1] ?? ''),
      })),
    );
  });

  it('changes nothing of what a line says', () => {
    expect(linesOf(ENTRIES).map(decodeLine)).toEqual(ENTRIES);
    const attempt = tryEntry(3, { n: 7 });
    expect(linesOf([attempt]).map(decodeLine)).toEqual([attempt]);
  });

  it('begins behind the last line of a journal that has none, and holds that fast', () => {
    const old = ENTRIES.slice(0, 3).map((entry) => encodeLine(entry).trimEnd());
    const lines = [...old, ...linesOf(ENTRIES.slice(3), headAfter(old[2] ?? '', 3))];
    expect(check(lines)).toMatchObject({ lines: 5, linkedFrom: 4, brokenAt: undefined });
    const forged = withRightCheckSum(old[2] ?? '', (json) => json.replace('S-0000001', 'S-0000009'));
    expect(check([...lines.slice(0, 2), forged, ...lines.slice(3)])).toMatchObject({ brokenAt: 4 });
  });

  it('of a journal that has none is not there, and not broken', () => {
    const old = ENTRIES.map((entry) => encodeLine(entry).trimEnd());
    expect(check(old)).toMatchObject({ lines: 5, linkedFrom: undefined, brokenAt: undefined });
  });

  it('goes on where it was, through any number of sessions', () => {
    const first = linesOf(ENTRIES.slice(0, 2));
    const second = linesOf(ENTRIES.slice(2), headAfter(first[1] ?? '', 2));
    expect([...first, ...second]).toEqual(linesOf(ENTRIES));
  });

  it('shows any line that was changed, put in, left out or moved, or ends in another hash', () => {
    const lines = linesOf(ENTRIES);
    const whole = check(lines);
    const place = fc.nat({ max: lines.length - 1 });
    const tampering = fc.oneof(
      place.map((at) => lines.toSpliced(at, 1)),
      fc.tuple(place, place).map(([at, from]) => lines.toSpliced(at, 0, lines[from] ?? '')),
      fc.tuple(place, place).map(([at, from]) => lines.toSpliced(at, 1, lines[from] ?? '')),
      place.map((at) =>
        lines.toSpliced(
          at,
          1,
          withRightCheckSum(lines[at] ?? '', (json) => json.replace('"row"', '"wor"')),
        ),
      ),
      place.map((at) => lines.toSpliced(at, 0, encodeLine(doneEntry(9)).trimEnd())),
    );
    fc.assert(
      fc.property(tampering, (found) => {
        if (JSON.stringify(found) === JSON.stringify(lines)) return;
        const { brokenAt, sha256, sha256At } = check(found, lines.length);
        expect(brokenAt !== undefined || sha256 !== whole.sha256 || sha256At !== whole.sha256).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('tells the hash of the line that is asked about', () => {
    const lines = linesOf(ENTRIES);
    expect(check(lines, 3).sha256At).toBe(hashOf(lines[2] ?? ''));
    expect(check(lines, 6).sha256At).toBeUndefined();
  });
});
