import type { IdReading } from '../../input/open-ids.ts';
import type { IdCounts } from '../../run/export-job.ts';
import { showValue } from '../../input/values/show-value.ts';
import { dialectWords, titleWords } from './describe-input.ts';
import { blankRowsOf, sheetRemarks } from './input/sheet-remarks.ts';
import type { ExportSummary } from '../../export/export-summary.ts';
import type { ExportPlaces } from '../../export/folder/export-places.ts';
import { sameCommandGoesOn, type RunError } from '../../model/run-error.ts';
import { count, counted, span } from './amounts.ts';
import { hintLines } from './hints/hints.ts';
import { withFlags } from './option-spelling.ts';

/** An export that is whole, in words. */
export function describeExported(summary: ExportSummary, places: ExportPlaces, tookMs: number): string {
  const { counts, lastSessionCalls, notHeld = [] } = summary;
  const { throttles, reads } = lastSessionCalls;
  return [
    `Exported: ${counted(counts.lines, 'line')} of ${counted(counts.written, 'opportunity')}, out of ${count(counts.read)} read.`,
    ...(counts.empty > 0 ? [`  ${count(counts.empty)} of those read hold nothing.`] : []),
    ...notHeld.map(notHeldWords),
    ...(counts.unread > 0
      ? [`  ${counted(counts.unread, 'opportunity')} could not be read: ${places.unread} says why.`]
      : []),
    `${counted(reads, 'read')} in ${span(tookMs)}, ${throttles === 0 ? 'none throttled' : `${count(throttles)} throttled`}.`,
    `Export: ${places.results}`,
    `Summary: ${places.summary}`,
    '',
  ].join('\n');
}

function notHeldWords({ entity, nearly }: NonNullable<ExportSummary['notHeld']>[number]): string {
  const meant = nearly.length === 0 ? '' : ` Nearly: ${nearly.map(showValue).join(', ')}; was that meant?`;
  return `  No opportunity that was read holds ${showValue(entity)}.${meant}`;
}

/** An export that was stopped: nothing is at its name yet. A command that can't do better is not proposed again. */
export function describeExportStopped(
  { reason, kept }: { readonly reason: RunError; readonly kept: boolean },
  { folder, results }: ExportPlaces,
  again: string,
): string {
  return [
    `Stopped (${reason.code}): ${withFlags(reason.message)}`,
    ...hintLines(reason),
    kept
      ? `Whatever was read is kept in ${folder}; nothing stands at ${results} yet.`
      : `Nothing was read yet, and nothing is kept.`,
    ...(sameCommandGoesOn(reason.code) ? [`Go on:  ${again}`] : []),
    '',
  ].join('\n');
}

/** A file of opportunities as it was understood: a wrong reading is to be seen before it takes an hour. */
export function describeIds(reading: IdReading, counts: IdCounts): string {
  const { name, dialect, column, headerRow, titleRows } = reading;
  const written = [...dialectWords(dialect, counts), counted(counts.rows, 'row')];
  const footers =
    counts.footerRows === 1 ? `row ${counts.firstFooterRow}` : `from row ${counts.firstFooterRow}`;
  const remark = (number: number, noun: string, words: string): string[] =>
    number === 0 ? [] : [`  ${counted(number, noun)} ${words}`];
  return [
    `${name}: ${written.join(', ')}`,
    `  opportunity  column ${showValue(column)}`,
    `  ${counted(counts.opportunities, 'opportunity')}`,
    ...(counts.rows + counts.rowsWithout === 0 ? ['  it has no rows: there is nothing to do'] : []),
    ...(headerRow > 1
      ? [
          `  the header stands in row ${headerRow}; ${counted(headerRow - 1, 'row')} above it left out${titleWords(titleRows)}`,
        ]
      : []),
    ...remark(
      counts.rowsWithout,
      'row',
      `without an opportunity left out (${counts.rowsWithout > 1 ? 'the first is ' : ''}row ${counts.firstRowWithout})`,
    ),
    ...remark(counts.footerRows, 'row', `below the table left out (${footers})`),
    ...remark(blankRowsOf(dialect, counts.blankRows), 'blank row', 'left out'),
    ...sheetRemarks(reading).map((words) => `  ${words}`),
    '',
  ].join('\n');
}
