import { RESULT_COLUMNS } from '../../model/result-columns.ts';
import type { CallFacts } from '../calls/call-facts.ts';
import { jsonText } from '../rows/json-text.ts';
import type { ShownRow } from '../rows/reported-row.ts';
import { rateUnit } from './chart.ts';
import type { Times } from './times.ts';

/** The page's own data, as its script reads it. */
export interface PageData {
  readonly columns: readonly string[];
  /** Texts that stand in more than one cell. */
  readonly texts: readonly string[];
  /** A cell is its text, or the place of it in `texts`. */
  readonly rows: readonly (readonly (string | number)[])[];
  /** What each stretch of the chart says when it is pointed at. */
  readonly points: readonly string[];
}

/** JSON for a script element that runs nothing. */
export function dataBlock(rows: readonly ShownRow[], calls: CallFacts, times: Times): string {
  const data: PageData = { columns: RESULT_COLUMNS, ...shared(rows), points: pointWords(calls, times) };
  return jsonText(data);
}

function shared(rows: readonly ShownRow[]): Pick<PageData, 'texts' | 'rows'> {
  const seen = new Map<string, number>();
  for (const row of rows) for (const cell of row) seen.set(cell, (seen.get(cell) ?? 0) + 1);
  const places = new Map<string, number>();
  for (const [text, times] of seen) {
    // Shorter than its place would be.
    if (times > 1 && text.length > 2) places.set(text, places.size);
  }
  return { texts: [...places.keys()], rows: rows.map((row) => row.map((cell) => places.get(cell) ?? cell)) };
}

function pointWords({ points, widthMs, from }: CallFacts, { short }: Times): readonly string[] {
  const unit = rateUnit(widthMs);
  return points.map((point) => {
    const { fromMs, calls, throttles, quotaLeft } = point;
    const parts = [
      `${short(fromMs)}: ${calls.toLocaleString('en-US')} ${calls === 1 ? 'write' : 'writes'}`,
      unit.words(unit.rateOf(point)),
      ...(from === 'journal' ? [`${throttles} throttled`] : []),
      ...(quotaLeft === undefined ? [] : [`${quotaLeft.toLocaleString('en-US')} left in the day`]),
    ];
    return parts.join(', ');
  });
}
