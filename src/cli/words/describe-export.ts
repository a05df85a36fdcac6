import type { ExportSummary } from '../../export/export-summary.ts';
import type { ExportPlaces } from '../../export/folder/export-places.ts';
import type { RunError } from '../../model/run-error.ts';
import { count, counted, span } from './amounts.ts';
import { hintLines } from './hints/hints.ts';
import { withFlags } from './option-spelling.ts';

/** An export that is whole, in words. */
export function describeExported(summary: ExportSummary, places: ExportPlaces, tookMs: number): string {
  const { counts, lastSessionCalls } = summary;
  const { throttles, reads } = lastSessionCalls;
  return [
    `Exported: ${counted(counts.lines, 'line')} of ${counted(counts.written, 'opportunity')}, out of ${count(counts.read)} read.`,
    ...(counts.empty > 0 ? [`  ${count(counts.empty)} of those read hold nothing.`] : []),
    ...(counts.unread > 0
      ? [`  ${counted(counts.unread, 'opportunity')} could not be read: ${places.unread} says why.`]
      : []),
    `${counted(reads, 'read')} in ${span(tookMs)}, ${throttles === 0 ? 'none throttled' : `${count(throttles)} throttled`}.`,
    `Export: ${places.results}`,
    `Summary: ${places.summary}`,
    '',
  ].join('\n');
}

/** An export that was stopped: nothing is at its name yet. */
export function describeExportStopped(reason: RunError, places: ExportPlaces, again: string): string {
  return [
    `Stopped (${reason.code}): ${withFlags(reason.message)}`,
    ...hintLines(reason),
    `Whatever was read is kept in ${places.folder}; nothing stands at ${places.results} yet.`,
    `Go on:  ${again}`,
    '',
  ].join('\n');
}
