import type { PreparedFleet } from '../../../fleet/prepare/prepare-fleet.ts';
import type { PreparedFile } from '../../../fleet/prepare/prepare-run.ts';
import { count, counted, span } from '../amounts.ts';
import { atEndpoint } from '../describe-harm.ts';
import { withFlags } from '../option-spelling.ts';
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
    ...faultLines(files),
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

/** They are not sent, and have a line each in the results. */
function faultLines(files: readonly PreparedFile[]): readonly string[] {
  const named = files.flatMap(({ account, faults }) =>
    faults.map(({ row, message }) => `  ${account}, row ${count(row)}: ${withFlags(message)}`),
  );
  const invalid = files.reduce((sum, { input }) => sum + input.invalid, 0);
  const shown = named.slice(0, NAMED);
  const more = invalid - shown.length;
  return more <= 0 ? shown : [...shown, `  and ${counted(more, 'more invalid row')}`];
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
