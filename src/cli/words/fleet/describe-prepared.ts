import type { PreparedFile, PreparedFleet } from '../../../fleet/prepare-fleet.ts';
import { count, counted, span } from '../amounts.ts';
import { atEndpoint } from '../describe-harm.ts';
import { describeUnmapped, mapDecisions, replacingWords } from '../describe-unmapped.ts';

/** What is about to be queued, over all accounts; those with invalid rows are named. */
export function describePrepared(path: string, { place, files, longestMs }: PreparedFleet): string {
  const sum = (of: (file: PreparedFile) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  const faulty = files.filter(({ input }) => input.invalid > 0);
  const parts = [
    `${firstOf(
      sum(({ rows }) => rows),
      sum(({ rowsToRun }) => rowsToRun),
    )} to send`,
    `${count(sum(({ input }) => input.invalid))} invalid${whose(faulty)}`,
    `${count(sum(({ input }) => input.duplicate))} duplicate`,
    ...skippedWords(sum(({ input }) => input.skipped)),
  ];
  return [
    `${path}: ${counted(files.length, 'account')}; every file was read, and every account signed in to.`,
    `Catalog  ${place.catalog ?? ''}${place.catalog === 'AWS' ? ': live data' : ''}${atEndpoint(place)}`,
    `Rows     ${parts.join(', ')}`,
    ...replacingLine(files),
    `Writes   ${count(sum(({ writes }) => writes))} at most; the account with the most takes ${span(longestMs)}, if every row needs its write`,
    ...unmappedLines(files),
    '',
  ].join('\n');
}

/** Of rows that a limit parts, those that go first. */
function firstOf(rows: number, all: number): string {
  return rows < all ? `${count(rows)} of ${count(all)}` : count(all);
}

/** A map of names, or the service's own, may differ by account: the first one's is shown. */
function replacingLine(files: readonly PreparedFile[]): readonly string[] {
  const replacing = files.find((file) => file.replacing !== undefined)?.replacing;
  if (replacing === undefined) return [];
  return [`Replaced ${replacingWords(replacing)}`, ...mapDecisions(replacing)];
}

function unmappedLines(files: readonly PreparedFile[]): readonly string[] {
  const all = new Map<string, number>();
  for (const { unmapped } of files) for (const [id, rows] of unmapped) all.set(id, (all.get(id) ?? 0) + rows);
  return all.size === 0 ? [] : [describeUnmapped(all).trimEnd()];
}

const NAMED = 5;

function whose(faulty: readonly PreparedFile[]): string {
  if (faulty.length === 0) return '';
  const named = faulty.slice(0, NAMED).map(({ account, input }) => `${account}: ${count(input.invalid)}`);
  const more = faulty.length > NAMED ? [`${count(faulty.length - NAMED)} more accounts`] : [];
  return ` (${[...named, ...more].join(', ')})`;
}

function skippedWords(rows: number): readonly string[] {
  return rows === 0 ? [] : [`${count(rows)} left out`];
}
