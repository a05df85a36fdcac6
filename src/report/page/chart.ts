import { count, counted, decimal, rateWords, span } from '../../model/words/amounts.ts';
import type { CallPoint } from '../calls/call-facts.ts';
import type { Wait } from '../calls/wait-facts.ts';
import type { Report } from '../report.ts';
import { workedFor, type Session, type WorkedFor } from '../../store/sessions.ts';
import { markup, type Html } from './markup.ts';
import { waitTitle } from './wait-words.ts';
import type { Times } from './times.ts';

/** Pixels from the top: lengths across are shares, so that the drawing fills any width and its words keep their size. */
const PLOT = { top: 24, height: 150 };
const THROTTLES = { top: 180, height: 10 };
const SESSIONS = { top: 200, height: 8 };
const LABELS = 228;
const HEIGHT = 236;

/** Calls over time as an area, throttles as ticks, the quota left as a line, sessions as bands. */
export function callsChart(
  { calls, sessions, waits }: Pick<Report, 'calls' | 'sessions' | 'waits'>,
  times: Times,
): Html {
  const { points, widthMs } = calls;
  const unit = rateUnit(widthMs);
  const most = niceCeiling(Math.max(...points.map((point) => unit.rateOf(point))));
  const axis = timeAxis(points, widthMs);
  const quota = niceCeiling(Math.max(0, ...points.map(({ quotaLeft = 0 }) => quotaLeft)));
  return markup`<svg class="chart" id="chart" width="100%" height="${HEIGHT}" role="img" aria-label="${chartWords({ calls, sessions }, times)}" tabindex="0">
${waits.map((wait) => waitBand(wait, axis))}${gridLines()}
<svg x="0" y="${PLOT.top}" width="100%" height="${PLOT.height}" viewBox="0 0 ${points.length} 100" preserveAspectRatio="none">
<path class="calls" d="${areaPath(points.map((point) => unit.rateOf(point) / most))}"/>
${quotaLine(points, quota)}
</svg>
${scaleWords(most, unit)}${quotaWords(calls, quota)}
${points.map((point, index) => throttleTick(point, index, points.length))}
${sessions.map((session, index) => sessionBand(session, index, axis))}
${timeLabels(axis, drawnTimes(axis, widthMs, sessions).toMs, times)}
<line class="cursor" id="cursor" y1="${PLOT.top}" y2="${SESSIONS.top + SESSIONS.height}" x1="0" x2="0" visibility="hidden"/>
</svg>`;
}

/** The area's unit: calls in the whole of a stretch say little where stretches differ from report to report. */
interface RateUnit {
  readonly words: (rate: number) => string;
  readonly rateOf: (point: CallPoint) => number;
}

export function rateUnit(widthMs: number): RateUnit {
  if (widthMs < 60_000) return ratePer('second', 1_000 / widthMs);
  return widthMs < 3_600_000 ? ratePer('minute', 60_000 / widthMs) : ratePer('hour', 3_600_000 / widthMs);
}

function ratePer(unit: 'second' | 'minute' | 'hour', share: number): RateUnit {
  return {
    words: (rate) => rateWords(rate, 'call', unit),
    rateOf: ({ calls }) => calls * share,
  };
}

interface TimeAxis {
  readonly fromMs: number;
  readonly toMs: number;
  /** Percent from the left, within the drawing. */
  readonly at: (epochMs: number) => number;
}

function timeAxis(points: readonly CallPoint[], widthMs: number): TimeAxis {
  const fromMs = points[0]?.fromMs ?? 0;
  const toMs = fromMs + points.length * widthMs;
  return {
    fromMs,
    toMs,
    at: (epochMs) => Math.min(100, Math.max(0, ((epochMs - fromMs) / (toMs - fromMs)) * 100)),
  };
}

/** Steps, one unit of width a stretch, from the floor at 100 up. */
function areaPath(shares: readonly number[]): string {
  const steps = shares.map((share, index) => `V${height(share)}H${index + 1}`);
  return `M0,100${steps.join('')}V100Z`;
}

function height(share: number): string {
  return (100 - Math.min(1, share) * 100).toFixed(1);
}

function hasQuota(points: readonly CallPoint[]): boolean {
  return points.some(({ quotaLeft }) => quotaLeft !== undefined);
}

function quotaLine(points: readonly CallPoint[], scale: number): Html | undefined {
  if (!hasQuota(points)) return undefined;
  let drawn = false;
  const steps = points.map(({ quotaLeft }, index) => {
    if (quotaLeft === undefined) {
      drawn = false;
      return '';
    }
    const y = height(quotaLeft / scale);
    const step = drawn ? `V${y}H${index + 1}` : `M${index},${y}H${index + 1}`;
    drawn = true;
    return step;
  });
  return markup`<path class="quota" d="${steps.join('')}"/>`;
}

function gridLines(): readonly Html[] {
  return [0, 0.5, 1].map((share) => {
    const y = PLOT.top + PLOT.height * (1 - share);
    return markup`<line class="grid" x1="0" x2="100%" y1="${y}" y2="${y}"/>
`;
  });
}

function scaleWords(most: number, unit: RateUnit): Html {
  return markup`<text class="tick" x="0" y="${PLOT.top - 4}">${unit.words(most)}</text>
<text class="tick" x="0" y="${PLOT.top + PLOT.height / 2 - 4}">${decimal(most / 2)}</text>
`;
}

export function quotaLeftWords(left: number, by: Report['calls']['quotaBy']): string {
  return `${count(left)} left in the day${by === 'run' ? ', by this run alone' : ''}`;
}

/** What was left at the last, where the line ends. */
function quotaWords({ points, quotaBy }: Report['calls'], scale: number): Html | undefined {
  const left = points.findLast(({ quotaLeft }) => quotaLeft !== undefined)?.quotaLeft;
  if (left === undefined) return undefined;
  const y = PLOT.top + PLOT.height * (1 - Math.min(1, left / scale)) - 6;
  return markup`<text class="tick end of-quota" x="100%" y="${y.toFixed(1)}">${quotaLeftWords(left, quotaBy)}</text>
`;
}

function throttleTick({ throttles }: CallPoint, index: number, points: number): Html {
  if (throttles === 0) return markup``;
  const x = `${(((index + 0.5) / points) * 100).toFixed(2)}%`;
  return markup`<line class="throttle" x1="${x}" x2="${x}" y1="${THROTTLES.top}" y2="${THROTTLES.top + THROTTLES.height}"/>`;
}

function sessionBand(session: Session, index: number, axis: TimeAxis): Html {
  const from = axis.at(Date.parse(session.startedAt));
  const to = axis.at(Date.parse(session.endedAt ?? session.lastEntryAt));
  const width = Math.max(0.4, to - from);
  return markup`<rect class="session" x="${Math.min(from, 99.6).toFixed(2)}%" width="${width.toFixed(2)}%" y="${SESSIONS.top}" height="${SESSIONS.height}"><title>Session ${index + 1}</title></rect>
`;
}

/** The first stretch begins before the first session, and the last reaches beyond the end of the last one: those are told. */
function drawnTimes({ fromMs, toMs }: TimeAxis, widthMs: number, sessions: readonly Session[]): WorkedFor {
  const worked = workedFor(sessions);
  const within = (atMs: number = Number.NaN, stretchMs: number): boolean =>
    atMs >= stretchMs && atMs < stretchMs + widthMs;
  return {
    fromMs: within(worked?.fromMs, fromMs) ? (worked?.fromMs ?? fromMs) : fromMs,
    toMs: within(worked?.toMs, toMs - widthMs) ? (worked?.toMs ?? toMs) : toMs,
  };
}

function waitBand(wait: Wait, axis: TimeAxis): Html {
  const from = axis.at(wait.fromMs);
  const width = Math.max(0.2, axis.at(wait.toMs) - from);
  return markup`<rect class="wait" x="${Math.min(from, 99.8).toFixed(2)}%" width="${width.toFixed(2)}%" y="${PLOT.top}" height="${PLOT.height}"><title>${waitTitle(wait)}</title></rect>
`;
}

/** Both to the second, or to the minute. */
function timeLabels({ fromMs }: TimeAxis, toMs: number, { moment, short, zone }: Times): Html {
  const isShort = toMs - fromMs < 86_400_000;
  const [from, to] = isShort
    ? [short(fromMs), `${short(toMs)} ${zone(toMs)}`]
    : [moment(fromMs), moment(toMs)];
  return markup`<text class="tick" x="0" y="${LABELS}">${from}</text><text class="tick end" x="100%" y="${LABELS}">${to}</text>`;
}

/** The drawing in words. */
export function chartWords(
  { calls: { points, widthMs, from }, sessions }: Pick<Report, 'calls' | 'sessions'>,
  { between }: Times,
): string {
  const calls = points.reduce((sum, point) => sum + point.calls, 0);
  const throttles = points.reduce((sum, point) => sum + point.throttles, 0);
  const { fromMs, toMs } = drawnTimes(timeAxis(points, widthMs), widthMs, sessions);
  // The last writes of a session that was cut off may never have left, and their answers are not noted.
  const isCutOff = sessions.some((session) => session.throttles === null);
  const throttled = isCutOff ? `at least ${count(throttles)}` : count(throttles);
  const told = from === 'journal' ? `, ${throttled} of them throttled` : '';
  return `${isCutOff ? 'up to ' : ''}${counted(calls, 'write')}${told}, ${between(fromMs, toMs)}, in stretches of ${span(widthMs)}. The table below has the figures.`;
}

/** The next of 1, 2, 2.5, 4, 5, 6, 8 times a power of ten. */
export function niceCeiling(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 4, 5, 6, 8, 10].find((factor) => factor * power >= value * 0.999);
  return (step ?? 10) * power;
}
