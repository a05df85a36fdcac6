import { count, counted, span } from '../../model/words/amounts.ts';
import type { CallPoint } from '../calls/call-facts.ts';
import { durationOfLast, type Session } from '../../store/sessions.ts';
import type { Report } from '../report.ts';
import { callsChart, chartWords } from './chart.ts';
import { markup, type Html } from './markup.ts';
import { withOptions } from './option-words.ts';
import { waitList } from './wait-words.ts';
import type { Times } from './times.ts';

/** `What happened when`: calls over time, and the sessions. */
export function timelineSection(report: Report, times: Times): Html {
  return markup`<section id="when" aria-labelledby="when-title">
<h2 id="when-title">What happened when</h2>
${report.calls.points.length === 0 ? noCalls(report) : chart(report, times)}
${waitList(report, times)}
${sessionsTable(report, times)}
</section>`;
}

function noCalls({ run, basis }: Report): Html {
  if (basis === 'unproven') return markup`<p>Nothing that is left tells of a write.</p>`;
  return run.planned
    ? markup`<p>A plan writes nothing: there are no writes to show over time.</p>`
    : markup`<p>No write was made: no row needed one, or none has come to its turn yet.</p>`;
}

const QUOTA_BY: Readonly<Record<Report['calls']['quotaBy'], string>> = {
  account: 'with what the account had used otherwise as each session began',
  run: 'as far as this run’s own writes use it',
};

function chart(report: Report, times: Times): Html {
  const { calls, sessions, waits } = report;
  const hasQuota = calls.points.some(({ quotaLeft }) => quotaLeft !== undefined);
  return markup`<figure>
${callsChart(report, times)}
<figcaption>
<ul class="legend">
<li><span class="swatch tone-calls"></span>writes, by the time of their ${calls.from === 'journal' ? 'answer' : 'row’s last answer'}</li>
${hasQuota ? markup`<li><span class="swatch line tone-quota"></span>day’s quota left, ${QUOTA_BY[calls.quotaBy]}</li>` : undefined}
${calls.from === 'journal' ? markup`<li><span class="swatch tone-failed"></span>writes throttled by the service</li>` : undefined}
${waits.length > 0 ? markup`<li><span class="swatch tone-wait"></span>waiting: nothing could be sent</li>` : undefined}
${sessions.length > 0 ? markup`<li><span class="swatch tone-session"></span>a session at work</li>` : undefined}
</ul>
<p class="readout" id="readout" aria-live="polite">Point at the picture, or move through it with the arrow keys, for the figures.</p>
</figcaption>
</figure>
<details>
<summary>The same as a table</summary>
<p id="points-words">${chartWords({ calls, sessions }, times).replace(' The table below has the figures.', '')} Stretches without calls are left out.</p>
<div class="wide stretches" role="region" aria-label="Calls over time" tabindex="0">
<table id="points" aria-describedby="points-words">
<thead><tr><th scope="col">from (${times.zone(calls.points[0]?.fromMs ?? 0)})</th><th scope="col" class="number">writes</th><th scope="col" class="number">of them throttled</th>${hasQuota ? markup`<th scope="col" class="number">quota left${calls.quotaBy === 'run' ? ', by this run alone' : undefined}</th>` : undefined}</tr></thead>
<tbody>
${calls.points.filter(({ calls: made, throttles }) => made + throttles > 0).map((point) => pointRow(point, { from: calls.from, hasQuota }, times))}
</tbody>
</table>
</div>
</details>`;
}

/** What is not known is empty: results alone tell of no throttle. */
function pointRow(
  point: CallPoint,
  { from, hasQuota }: Pick<Report['calls'], 'from'> & { readonly hasQuota: boolean },
  { short }: Times,
): Html {
  const { fromMs, calls, throttles, quotaLeft } = point;
  return markup`<tr><td>${short(fromMs)}</td><td class="number">${count(calls)}</td><td class="number">${from === 'journal' ? count(throttles) : ''}</td>${hasQuota ? markup`<td class="number">${quotaLeft === undefined ? '' : count(quotaLeft)}</td>` : undefined}</tr>
`;
}

/** Sessions shown: a run that is begun every hour for weeks has hundreds, and the summary has all of them. */
const SESSIONS_SHOWN = 200;

function sessionsTable({ run, sessions, sessionOptions }: Report, times: Times): Html {
  if (sessions.length === 0)
    return markup`<h3>Sessions</h3>
<p>Nothing here tells of the sessions of this run.</p>`;
  const newest = sessions.slice(-SESSIONS_SHOWN);
  const before = sessions.length - newest.length;
  const atWork = run.state === 'running' ? sessions.at(-1) : undefined;
  const zone = times.zone(Date.parse(sessions[0]?.startedAt ?? ''));
  return markup`<h3>${counted(sessions.length, 'session')}</h3>
${before > 0 ? markup`<p>The first ${count(before)} are left out here; the summary has them.</p>` : undefined}
<div class="wide" role="region" aria-label="Sessions" tabindex="0">
<table id="sessions">
<thead><tr>${SESSION_COLUMNS.map(({ name, isNumber }) => headCell(name === 'began' ? `began (${zone})` : name, isNumber))}</tr></thead>
<tbody>
${newest.map((session, index) => sessionRow(session, { number: before + index + 1, isAtWork: session === atWork, options: sessionOptions[before + index] }, times))}
</tbody>
</table>
</div>`;
}

function headCell(name: string, isNumber: true | undefined): Html {
  return isNumber
    ? markup`<th scope="col" class="number">${name}</th>`
    : markup`<th scope="col">${name}</th>`;
}

interface SessionPlace {
  readonly number: number;
  readonly isAtWork: boolean;
  readonly options: string | undefined;
}

function sessionRow(session: Session, { number, isAtWork, options }: SessionPlace, { short }: Times): Html {
  const { startedAt, ended, caller, host, user, writes, reads, throttles } = session;
  const took = span(durationOfLast([session]));
  const whose = [user, host].filter((part) => part !== null).join(' at ');
  const cells: readonly (string | Html | readonly Html[])[] = [
    String(number),
    short(Date.parse(startedAt)),
    took,
    isAtWork ? 'at work' : endWords(ended),
    caller === null ? 'not known' : markup`<span class="mono">${caller.arn}</span>`,
    whose === '' ? 'not known' : whose,
    `${reads === null && !isAtWork ? 'up to ' : ''}${count(writes)}`,
    reads === null ? '?' : count(reads),
    throttles === null ? '?' : count(throttles),
    withOptions(options === '' ? 'all at their defaults' : (options ?? 'not known')),
  ];
  return markup`<tr>${cells.map((cell, index) => sessionCell(SESSION_COLUMNS[index], cell))}</tr>
`;
}

interface SessionColumn {
  readonly name: string;
  readonly isNumber?: true;
}

const SESSION_COLUMNS: readonly SessionColumn[] = [
  { name: 'no.', isNumber: true },
  { name: 'began' },
  { name: 'took' },
  { name: 'ended' },
  { name: 'by' },
  { name: 'on' },
  { name: 'writes', isNumber: true },
  { name: 'reads', isNumber: true },
  { name: 'throttled, reads too', isNumber: true },
  { name: 'options' },
];

/** In a narrow window each stands behind its name. */
function sessionCell(
  { name, isNumber }: SessionColumn = { name: '' },
  cell: string | Html | readonly Html[],
): Html {
  return isNumber === true
    ? markup`<td class="number" data-name="${name}">${cell}</td>`
    : markup`<td data-name="${name}"><span>${cell}</span></td>`;
}

function endWords(ended: string): string {
  return ended === 'unknown'
    ? 'not recorded: killed, or its machine or disk failed'
    : ended.replaceAll('_', ' ');
}
