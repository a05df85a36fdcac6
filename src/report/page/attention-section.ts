import { isSettledAsWished, ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';
import { count, counted } from '../../model/words/amounts.ts';
import { nameOf } from '../../model/words/since-words.ts';
import type { Report, ReportedRunSince } from '../report.ts';
import type { ShownRow } from '../rows/reported-row.ts';
import { isLost, type Reason, type RowsSince } from '../rows/row-facts.ts';
import { markup, type Html } from './markup.ts';
import { withOptions } from './option-words.ts';
import { listed, lookTitle, rowsOf, rowsToLookAt, sum } from './sentences.ts';
import { TONES } from './status-bar.ts';
import type { Times } from './times.ts';
import { workers } from './who-section.ts';

/** The rows that need somebody: their reasons, each with what to do, and the rows themselves. */
export function attentionSection(report: Report, times: Times): Html {
  const { rows, run } = report;
  return markup`<section id="rows" aria-labelledby="rows-title">
<h2 id="rows-title">${lookTitle(report)}</h2>
${doubts(run)}
${rowsToLookAt(rows) > 0 ? reasonsTable(report) : allOf(rows.doneSince) + allOf(rows.takenBack) > 0 ? undefined : nothing(report)}
${report.doneSince.map((later) => sinceSentence('Done since', 'of the rows that needed somebody', later, times))}
${report.takenBack.map((undo) => sinceSentence('Taken back', 'of its rows', undo, times))}
${report.before.takenBack.map((undo) => sinceSentence('Taken back', 'of its rows that an earlier run had done', undo, times))}
${rowsShown(rows).length > 0 ? rowsTable(report) : undefined}
<p>${wherever(report)}</p>
${run.goesOnByItself ? markup`<p>The run is not finished. A worker of its fleet goes on with it by itself.</p>` : undefined}
${run.goOn === undefined ? undefined : markup`<p>The run is not finished. Whoever worked on it${whoever(report)} goes on with it by this command, in the folder where it was begun:</p><pre tabindex="0">${run.goOn}</pre>`}
</section>`;
}

/** The rows that the table has: those that need somebody first. */
export function rowsShown({ shown, doneSince, takenBack }: Report['rows']): readonly ShownRow[] {
  return [...shown, ...doneSince.shown, ...takenBack.shown];
}

function allOf({ byStatus }: RowsSince): number {
  return sum(Object.values(byStatus));
}

function sinceSentence(
  what: string,
  whose: string,
  { rows, results, fromMs, toMs, by }: ReportedRunSince,
  { between }: Times,
): Html {
  const when = fromMs === undefined || toMs === undefined ? '' : `, ${between(fromMs, toMs)}`;
  const who = by.length === 0 ? '' : ` (${by.join(', then ')})`;
  return markup`<p><b>${what}</b>: ${count(rows)} ${whose}, by ${nameOf(results)}${who}${when}.</p>
`;
}

function whoever(report: Report): string {
  const who = workers(report);
  return who === undefined ? '' : ` (${who})`;
}

function nothing({ run, rows, basis, told, checks }: Report): Html {
  if (basis !== 'proven') {
    if (told === 'journal') return markup`<p>The run’s journal names none.</p>`;
    const why = checks.length === 0 ? 'nothing proves them' : 'that is not to be relied on';
    return rows.rows === 0
      ? markup`<p>No results are here that name one.</p>`
      : markup`<p>The results, as they are now, name none; ${why}.</p>`;
  }
  if (run.state === 'stopped' && run.inDoubt.length > 0)
    return markup`<p>Of the rows that have an end so far, none needs anybody.</p>`;
  return run.state !== 'finished'
    ? markup`<p>Every row that has an end so far has ended as wished.</p>`
    : markup`<p>Every row has ended as wished: each was done, or needed nothing.</p>`;
}

/** More than these nobody reads in a sentence; a page has no more than those. */
const DOUBTS_NAMED = 10;
const DOUBTS_LISTED = 10_000;

/** Rows in doubt have no line in any results: they are named here. */
function doubts({ state, inDoubt }: Report['run']): Html | undefined {
  if (state !== 'stopped' || inDoubt.length === 0) return undefined;
  const more = inDoubt.length - DOUBTS_NAMED;
  const names = inDoubt.slice(0, DOUBTS_LISTED).map(({ row, key }) => `row ${count(row)} (${key})`);
  const named = names.slice(0, DOUBTS_NAMED);
  return markup`<p><b>In doubt</b>: ${[...named, ...(more > 0 ? [`${count(more)} more`] : [])].join(', ')}. A call was noted before it left, and no answer is: it may have been sent, and done. Going on with the run reads what became of it before anything else is sent for it.</p>
${more > 0 ? markup`<details><summary>${names.length < inDoubt.length ? 'The first ' : 'All '}${count(names.length)} rows in doubt</summary><p>${names.join(', ')}</p></details>` : undefined}`;
}

function reasonsTable({ rows: { reasons, otherReasons } }: Report): Html {
  return markup`<div class="wide" role="region" aria-label="Reasons" tabindex="0">
<table class="reasons">
<thead><tr><th scope="col">reason</th><th scope="col" class="number">rows</th><th scope="col">what to do</th></tr></thead>
<tbody>
${byWhatToDo(reasons).map(reasonRow)}${otherReasons === 0 ? undefined : markup`<tr><td>other reasons</td><td class="number">${count(otherReasons)}</td><td>The results name each.</td></tr>`}
</tbody>
</table>
</div>`;
}

/** More exceptions than these stand behind a line that opens. */
const EXCEPTIONS_NAMED = 5;

type Alike = readonly [Reason, ...Reason[]];

/** Reasons with one thing to do, which is said once; lost replacements, then those of the most rows first. */
function byWhatToDo(reasons: readonly Reason[]): readonly Alike[] {
  const alike = new Map<string, Alike>();
  for (const reason of reasons) {
    const key = `${reason.status} ${String(isLost(reason))} ${reason.tip}`;
    const [first = reason, ...others] = alike.get(key) ?? [];
    alike.set(key, alike.has(key) ? [first, ...others, reason] : [reason]);
  }
  const lost = (group: Alike): number => Number(isLost(group[0]));
  return [...alike.values()].toSorted((one, other) => lost(other) - lost(one) || rowsOf(other) - rowsOf(one));
}

function reasonRow(reasons: Alike): Html {
  const [{ status, exception, tip }, ...others] = reasons;
  const what = others.length === 0 ? inWords(exception) : `${count(reasons.length)} exceptions`;
  const named = reasons.slice(0, EXCEPTIONS_NAMED).map((reason) => toldReason(reason, others.length > 0));
  const more = reasons.slice(EXCEPTIONS_NAMED).map((reason) => toldReason(reason, true));
  const rest = markup`<details><summary>and ${count(more.length)} more</summary>${more}</details>`;
  return markup`<tr><td><span class="status tone-${TONES[status]}">${inWords(status)}</span> ${what}</td><td class="number">${count(rowsOf(reasons))}</td><td>${withOptions(tip)}${named}${more.length === 0 ? undefined : rest}</td></tr>
`;
}

function toldReason({ exception, rows, message, differs }: Reason, isNamed: boolean): Html {
  if (!isNamed && message === '') return markup``;
  const name = isNamed ? markup`${inWords(exception)} ${count(rows)}` : undefined;
  const said = message === '' ? '' : `${isNamed ? ': ' : ''}“${message}”${differs ? ', and others' : ''}`;
  return markup`<span class="tip">${name}${said}</span>`;
}

function rowsTable({ rows, run }: Report): Html {
  const statuses = ROW_STATUSES.filter(
    (status) =>
      rows.reasons.some((reason) => reason.status === status) ||
      [rows.doneSince, rows.takenBack].some(({ byStatus }) => (byStatus[status] ?? 0) > 0),
  );
  const exceptions = [...new Set(rows.reasons.map(({ exception }) => exception))].filter(
    (name) => name !== '',
  );
  return markup`${numberedBy(run)}<noscript><p>The rows themselves need JavaScript, which is switched off here; the results have them too.</p></noscript>
<form class="filters" id="filters" role="search" aria-label="Rows to look at" hidden>
<label>Search <input type="search" id="search" autocomplete="off" spellcheck="false"></label>
<label>Status <select id="status"><option value="">all</option>${statuses.map((status) => markup`<option>${status}</option>`)}</select></label>
<label>Reason <select id="exception"><option value="">all</option>${exceptions.map((name) => markup`<option>${name}</option>`)}</select></label>
<button type="button" id="copy">Copy as CSV</button>
<p id="found" aria-live="polite"></p>
</form>
<div class="wide" role="region" aria-label="Rows to look at" tabindex="0" id="table-region" hidden>
<table id="table">
<thead><tr><th scope="col" class="number">row</th><th scope="col">opportunity</th><th scope="col">entity</th><th scope="col">reason</th><th scope="col">message and what to do</th><th scope="col">calls</th></tr></thead>
<tbody id="table-body"></tbody>
</table>
</div>
<nav class="pages" id="pages" aria-label="Pages of the table" hidden>
<button type="button" id="previous">Previous</button> <span id="page"></span> <button type="button" id="next">Next</button>
</nav>
${ownLeftOut(rows)}`;
}

/** Whoever looks for a row in the first run's input finds it by the results in between. */
function numberedBy({ ofResults, input }: Report['run']): Html | undefined {
  if (ofResults !== true || input === undefined) return undefined;
  return markup`<p>A row is numbered as in <b>${nameOf(input.name)}</b>, the results that were the input: the cell “row” of that row there is its number in the run before.</p>
`;
}

/** Columns that the table has no place for. */
function ownLeftOut({ own: { leftOut } }: Report['rows']): Html | undefined {
  if (leftOut.length === 0) return undefined;
  return markup`<p>Of your own columns, ${listed(leftOut)} ${leftOut.length === 1 ? 'is' : 'are'} not in this page; the results have all.</p>`;
}

/** Where the rows are that this page doesn't show. */
function wherever(report: Report): Html {
  const { rows, run, basis } = report;
  if (run.state !== 'finished') return markup`${cut(report)}${soFar(report)}`;
  if (report.told === 'journal')
    return markup`${cut(report)}Of ${counted(rows.rows, 'row')}, by the run’s journal, ${asWished(rows)}. <b>${run.results.name}</b> ${report.corrected === undefined ? markup`is not what the run wrote, or not there: see <a href="#proof">Proof</a> before single lines are looked up in it` : 'has them as they were corrected'}.`;
  if (rows.rows === 0) return markup`<b>${run.results.name}</b> has no row, or is not there.`;
  const hash =
    run.results.sha256 === undefined || basis !== 'proven'
      ? undefined
      : markup` (SHA-256 <span class="mono">${run.results.sha256}</span>)`;
  return markup`${cut(report)}All ${counted(rows.rows, 'row')} ${rows.rows === 1 ? 'is' : 'are'} in <b>${run.results.name}</b>${hash}; ${asWished(rows)}.`;
}

function cut({ rows, run }: Report): Html | undefined {
  const missing = rowsToLookAt(rows) - rows.shown.length;
  return markup`${
    missing <= 0
      ? undefined
      : `The first ${count(rows.shown.length)} of them are in this page, some of each reason, and ${counted(missing, 'more row')} ${run.state === 'finished' ? 'in the results' : 'counted alone'}. `
  }${cutSince(rows.doneSince, 'done since', 'the results of the later run')}${cutSince(rows.takenBack, 'taken back', 'the results of the undo')}`;
}

function cutSince(since: RowsSince, what: string, where: string): string | undefined {
  const missing = allOf(since) - since.shown.length;
  if (missing <= 0) return undefined;
  return `Of the rows ${what}, ${count(since.shown.length)} are in this page, the first of them, and ${counted(missing, 'more row')} counted alone: ${where} name each. `;
}

/** The file is only a part of what this page counts: fewer rows there are no contradiction. */
function soFar({ rows, run: { results } }: Report): Html {
  const counts =
    rows.rows === 0
      ? 'No row has an end yet.'
      : `Of the ${counted(rows.rows, 'row')} that ${rows.rows === 1 ? 'has' : 'have'} an end, by the run’s journal, ${asWished(rows)}.`;
  return markup`${counts} Single lines are looked up in <b>${results.name}</b>: it has the first rows of the input, up to the one where the run has no end yet. Rows further down that are done already are counted here, and get their lines there once the run has come to them.`;
}

function asWished(rows: Report['rows']): string {
  const wished = ROW_STATUSES.filter(isSettledAsWished)
    .filter((status) => (rows.byStatus[status] ?? 0) > 0)
    .map((name) => ({ name, number: (rows.byStatus[name] ?? 0) - rowsAbove(name, rows) }));
  if (wished.length === 0) return 'none of them ended as wished';
  const alone = wished.filter(({ number }) => number > 0);
  // Rows that ended as wished may have something to consider, or be taken back since.
  if (alone.length === 0) return 'each is above, with what there is to say of it';
  return `those that ended as wished are counted here alone: ${alone.map(({ name, number }) => `${count(number)} ${name}`).join(', ')}`;
}

function rowsAbove(name: RowStatus, { reasons, takenBack }: Report['rows']): number {
  const noted = reasons.filter(({ status }) => status === name).map(({ rows }) => rows);
  return sum([...noted, takenBack.byStatus[name] ?? 0]);
}

/** A name in camel case, or with underscores, breaks between its words, if it must. */
function inWords(name: string): readonly Html[] {
  return name.split(/(?<=[a-z])(?=[A-Z])|(?<=_)/).map((word) => markup`${word}<wbr>`);
}
