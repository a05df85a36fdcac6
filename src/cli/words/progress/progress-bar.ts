import { isSettledAsWished, ROW_STATUSES } from '../../../model/outcome.ts';
import type { RunProgress } from '../../../run/progress.ts';
import { count, perSecond } from '../amounts.ts';
import {
  fitted,
  limitWords,
  progressLine,
  rowsToDo,
  timeLeft,
  type ProgressAt,
} from './describe-progress.ts';

/** A stretch of the bar: each has a sign of its own, so that it can be read without colour. */
export interface BarPart {
  readonly rows: 'wished' | 'to look at' | 'failed' | 'left';
  readonly text: string;
}

/** The two lines that a terminal draws again and again. */
export interface ProgressPicture {
  /** Empty where there is no room for a bar. */
  readonly bar: readonly BarPart[];
  /** Behind the bar. */
  readonly counts: string;
  /** Below; empty where one line has to do. */
  readonly below: string;
}

const MARGIN = '  ';
const GAP = '   ';
const WIDEST_BAR = 40;
const NARROWEST_BAR = 10;
/** Columns from which two lines and a bar tell more than one line. */
const TWO_LINES_FROM = 60;
const SIGNS: Readonly<Record<BarPart['rows'], string>> = {
  wished: '█',
  'to look at': '▓',
  failed: '▒',
  left: '░',
};

/** The picture for a terminal of so many columns: whatever has to give way, the time left does not. */
export function drawProgress(at: ProgressAt, columns: number): ProgressPicture {
  if (columns < TWO_LINES_FROM) return { bar: [], counts: progressLine(at, columns - 1), below: '' };
  const room = columns - 1 - MARGIN.length;
  const rows = sharesOf(at.progress);
  const told = [
    `${count(at.progress.settled.rows)} of ${count(rowsToDo(at.progress))}${limitWords(at.progress)}`,
    ...(rows.failed > 0 ? [`${count(rows.failed)} failed`] : []),
    ...(rows['to look at'] > 0 ? [`${count(rows['to look at'])} to look at`] : []),
    ...quotaLeft(at.progress),
  ];
  const counts = fitted(told, room - NARROWEST_BAR - GAP.length, GAP);
  const bar = barOf(rows, Math.min(WIDEST_BAR, room - counts.length - GAP.length));
  return { bar, counts: GAP + counts, below: MARGIN + fitted([timeLeft(at), ...rateOf(at)], room) };
}

type Shares = Readonly<Record<BarPart['rows'], number>>;

function sharesOf(progress: RunProgress): Shares {
  const { settled } = progress;
  const failed = settled.byStatus.failed ?? 0;
  let wished = 0;
  for (const status of ROW_STATUSES) if (isSettledAsWished(status)) wished += settled.byStatus[status] ?? 0;
  return {
    wished,
    'to look at': settled.rows - wished - failed,
    failed,
    left: Math.max(0, progress.rowsAhead),
  };
}

/** Rows of a kind show, however few they are among how many. */
function barOf(shares: Shares, columns: number): readonly BarPart[] {
  const all = Object.values(shares).reduce((sum, rows) => sum + rows, 0);
  const width = (rows: number): number =>
    rows === 0 ? 0 : Math.max(1, Math.floor((rows * columns) / Math.max(1, all)));
  const failed = width(shares.failed);
  const look = width(shares['to look at']);
  const left = Math.min(width(shares.left), columns - failed - look);
  const widths = { wished: 0, 'to look at': look, failed, left };
  // What rounding left over is done: or, at the very beginning, still to do.
  const rest = columns - failed - look - left;
  const whole = { ...widths, ...(shares.wished > 0 ? { wished: rest } : { left: left + rest }) };
  return (['wished', 'to look at', 'failed', 'left'] as const)
    .map((rows) => ({ rows, text: SIGNS[rows].repeat(whole[rows]) }))
    .filter(({ text }) => text !== '');
}

function quotaLeft({ pace: { leftInDay } }: RunProgress): readonly string[] {
  return leftInDay === 'unlimited' ? [] : [`${count(leftInDay)} quota left`];
}

function rateOf({ rowsPerSecond }: ProgressAt): readonly string[] {
  if (rowsPerSecond === 0) return [];
  return [perSecond(rowsPerSecond, 'row')];
}
