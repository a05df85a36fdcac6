import { span, count } from '../../model/words/amounts.ts';
import type { Wait } from '../calls/wait-facts.ts';
import type { Report } from '../report.ts';
import { markup, type Html } from './markup.ts';
import type { Times } from './times.ts';

/** What was waited for, and why. */
const WAITED: Readonly<Record<Wait['for'], readonly [what: string, why: string]>> = {
  service: ['the service', 'it gave no usable answer'],
  sign_in: ['a new sign-in', 'that of the run had ended'],
  daily_quota: ['the day’s quota', 'it was used up'],
  daily_read_quota: ['the day’s quota of reads', 'it was used up'],
};

/** What stands at a wait in the drawing. */
export function waitTitle({ for: what }: Pick<Wait, 'for'>): string {
  return `waiting for ${WAITED[what][0]}`;
}

/** More of them nobody reads. */
const SHOWN = 20;

/** A line a wait: since when, how long, why. */
export function waitList({ waits }: Pick<Report, 'waits'>, times: Times): Html | undefined {
  if (waits.length === 0) return undefined;
  const shown = waits.slice(-SHOWN);
  const before = waits.length - shown.length;
  const totalMs = waits.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
  return markup`<h3>Waits, ${span(totalMs)} in all</h3>
${before > 0 ? markup`<p>The first ${count(before)} are left out here.</p>` : undefined}
<ul class="checks">${shown.map((wait) => waitItem(wait, times))}</ul>`;
}

const ENDS: Readonly<Record<Wait['end'], string>> = {
  over: '',
  session_ended: '; the session ended meanwhile',
  goes_on: '; it goes on',
};

function waitItem({ for: what, fromMs, toMs, end }: Wait, { short, zone }: Times): Html {
  const [waited, why] = WAITED[what];
  return markup`<li>From ${short(fromMs)} to ${short(toMs)} ${zone(toMs)} (${span(toMs - fromMs)}): waited for ${waited}, since ${why}${ENDS[end]}.</li>
`;
}

/** Of a run that is not finished: what it waits for, when its next call may go, and when it would end. Sentences. */
export function outlookSentences({ run }: Pick<Report, 'run'>, { moment }: Times): readonly string[] {
  const { waits, nextCallMs, finishMs, quotaGone } = run.outlook;
  const until = waits?.untilMs === undefined ? '' : `, until ${moment(waits.untilMs)} at most`;
  return [
    ...(waits === undefined
      ? []
      : [`It waits for ${WAITED[waits.for][0]} since ${moment(waits.sinceMs)}${until}.`]),
    ...(nextCallMs === undefined || waits?.for === 'daily_quota'
      ? []
      : [`The day’s quota is used up until ${moment(nextCallMs)}.`]),
    ...(quotaGone === true ? ['Wait until quota frees (it is counted over a rolling 24 hours).'] : []),
    ...(finishMs === undefined ? [] : [`${FINISH[finishOf(run)]} ${moment(finishMs)}.`]),
  ];
}

const FINISH = {
  running: 'It is expected to end',
  stopped: 'If it went on now, it would end',
  queued: 'If a worker has a place for it, it ends',
} as const;

function finishOf({ state, goesOnByItself }: Report['run']): keyof typeof FINISH {
  if (state === 'running') return 'running';
  return goesOnByItself ? 'queued' : 'stopped';
}
