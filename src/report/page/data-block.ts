import { RESULT_COLUMNS } from '../../model/result-columns.ts';
import type { Report } from '../report.ts';
import { jsonText } from '../rows/json-text.ts';
import { SHARED_FROM } from '../rows/kept-rows.ts';
import { cellOf, SINCE_COLUMNS, type ShownRow } from '../rows/reported-row.ts';
import { quotaLeftWords, rateUnit } from './chart.ts';
import { waitTitle } from './wait-words.ts';
import type { Times } from './times.ts';

/** The page's own data, as its script reads it. */
export interface PageData {
  /** The user's own columns, which stand first, as in the results. */
  readonly own: readonly string[];
  /** Which of these say what the results' own don't: their places. */
  readonly telling: readonly number[];
  /** Those that tell what became of rows since; none where nothing did. */
  readonly since: readonly string[];
  /** The results' own. */
  readonly columns: readonly string[];
  /** Texts that stand in more than one cell. */
  readonly texts: readonly string[];
  /** In the order of these; a cell is its text, or the place of it in `texts`. */
  readonly rows: readonly (readonly (string | number)[])[];
  /** What each stretch of the chart says when it is pointed at. */
  readonly points: readonly string[];
}

/** JSON for a script element that runs nothing. */
export function dataBlock(
  rows: readonly ShownRow[],
  report: Pick<Report, 'rows' | 'calls' | 'waits'>,
  times: Times,
): string {
  const since = SINCE_COLUMNS.filter((name) => rows.some((row) => cellOf(row, name) !== ''));
  const columns = [...since, ...RESULT_COLUMNS];
  const own = report.rows.own.kept;
  const cells = rows.map((row) => [
    ...own.map(({ at }) => row[at] ?? ''),
    ...columns.map((name) => cellOf(row, name)),
  ]);
  return jsonText({
    own: own.map(({ name }) => name),
    telling: own.flatMap(({ tells }, index) => (tells ? [index] : [])),
    since,
    columns: RESULT_COLUMNS,
    ...shared(cells),
    points: pointWords(report, times),
  } satisfies PageData);
}

function shared(rows: readonly (readonly string[])[]): Pick<PageData, 'texts' | 'rows'> {
  const seen = new Map<string, number>();
  for (const row of rows) for (const cell of row) seen.set(cell, (seen.get(cell) ?? 0) + 1);
  const places = new Map<string, number>();
  for (const [text, times] of seen) {
    if (times > 1 && text.length > SHARED_FROM) places.set(text, places.size);
  }
  return { texts: [...places.keys()], rows: rows.map((row) => row.map((cell) => places.get(cell) ?? cell)) };
}

function pointWords(
  { calls: { points, widthMs, from, quotaBy }, waits }: Pick<Report, 'calls' | 'waits'>,
  { short }: Times,
): readonly string[] {
  const unit = rateUnit(widthMs);
  return points.map((point) => {
    const { fromMs, calls, throttles, quotaLeft } = point;
    const waited = waits.filter((wait) => wait.fromMs < fromMs + widthMs && wait.toMs > fromMs);
    const parts = [
      `${short(fromMs)}: ${calls.toLocaleString('en-US')} ${calls === 1 ? 'write' : 'writes'}`,
      unit.words(unit.rateOf(point)),
      ...(from === 'journal' ? [`${throttles} throttled`] : []),
      ...(quotaLeft === undefined ? [] : [quotaLeftWords(quotaLeft, quotaBy)]),
      ...new Set(waited.map(waitTitle)),
    ];
    return parts.join(', ');
  });
}
