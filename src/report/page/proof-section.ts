import { ROW_STATUSES } from '../../model/outcome.ts';
import { count, counted } from '../../model/words/amounts.ts';
import type { Report, ReportedCheck } from '../report.ts';
import { markup, type Html } from './markup.ts';
import { withOptions } from './option-words.ts';
import { sourceWords } from './sentences.ts';
import { doubtWords, sharesOfStatus } from './status-bar.ts';

/** `Proof`: what an auditor relies on, and how to look further. */
export function proofSection(report: Report): Html {
  return markup`<section id="proof" aria-labelledby="proof-title">
<h2 id="proof-title">Proof</h2>
<h3>Looked at when this page was made</h3>
${checkList(report.checks)}
<h3>${countsTitle(report)}</h3>
${countsTable(report)}
<h3>Files</h3>
<dl>
${hashFact('Input', report.run.input)}
${hashFact(resultsName(report), report.run.results)}
${report.run.id === undefined ? undefined : markup`<div><dt>Run</dt><dd class="mono">${report.run.id}</dd></div>`}
</dl>
<h3>Joining with CloudTrail</h3>
${cloudTrail(report)}
${
  report.gaps.length === 0
    ? undefined
    : markup`<h3>What this page can’t know</h3>
<ul>${report.gaps.map((gap) => markup`<li>${withOptions(gap)}</li>`)}</ul>`
}
</section>`;
}

function checkList(checks: readonly ReportedCheck[]): Html {
  if (checks.length === 0) return markup`<p>Nothing could be checked: only the results are left.</p>`;
  const bad = checks.filter(({ sound }) => !sound).length;
  return markup`<p>${bad === 0 ? allSound(checks.length) : markup`<b>${counted(bad, 'check')} of ${count(checks.length)} failed.</b>`}</p>
<ul class="checks">${checks.map(checkItem)}</ul>`;
}

function allSound(checks: number): string {
  if (checks === 1) return 'The one check is sound.';
  return checks === 2 ? 'Both checks are sound.' : `All ${count(checks)} checks are sound.`;
}

function checkItem({ what, sound, found }: ReportedCheck): Html {
  return sound
    ? markup`<li><span class="sound">✓ sound</span> ${what}</li>
`
    : markup`<li><span class="unsound">✗ not so</span> ${what}: ${found}</li>
`;
}

function resultsName({ basis, run: { hashed } }: Report): string {
  if (basis === 'proven') return 'Results';
  return hashed === 'now' ? 'Results, as they are now' : 'Results, as they were recorded';
}

function countsTitle(report: Report): string {
  const source = sourceWords(report);
  return source === undefined
    ? 'Counts that add up'
    : `Counts, ${source.charAt(0).toLowerCase()}${source.slice(1)}`;
}

function countsTable({ rows, run, told, basis, sessions }: Report): Html {
  const shares = ROW_STATUSES.flatMap((status) => sharesOfStatus(status, rows));
  const most = sessions.some(({ reads }) => reads === null) ? 'Up to ' : '';
  return markup`<table class="counts">
<tbody>
${shares.map(({ name, number }) => countRow(name, number))}${rows.otherStatus === 0 ? undefined : countRow('another status', rows.otherStatus)}
</tbody>
<tfoot>${run.state === 'finished' ? footRow(told === 'results' ? 'rows in the results' : 'rows of the input', rows.rows) : openRows({ run, basis }, rows.rows)}</tfoot>
</table>
<p>${rows.attempts === 0 ? 'No write was tried for them.' : `${most}${counted(rows.attempts, 'write')} tried for them, by ${counted(rows.requestIds, 'request id')}; a try that was never answered has none.`}</p>`;
}

function countRow(name: string, rows: number): Html {
  return markup`<tr><th scope="row">${name}</th><td class="number">${count(rows)}</td></tr>
`;
}

/** Of a run that is not finished, what is left, and that it is all. */
function openRows({ run, basis }: Pick<Report, 'run' | 'basis'>, ended: number): readonly Html[] {
  if (basis === 'unproven')
    return [
      footRow('rows that are told of', ended),
      markup`<tr><th scope="row">rows still to be done</th><td class="number">not known</td></tr>
`,
    ];
  const inDoubt = run.inDoubt.length;
  return [
    footRow('rows that have an end', ended),
    ...(inDoubt === 0 ? [] : [footRow(`rows ${doubtWords(run).name}`, inDoubt)]),
    footRow('rows still to be done', run.rowsLeft),
    footRow('rows of the input', ended + inDoubt + run.rowsLeft),
  ];
}

function footRow(name: string, rows: number): Html {
  return markup`<tr><th scope="row">${name}</th><td class="number">${count(rows)}</td></tr>
`;
}

function hashFact(name: string, file: Report['run']['input']): Html | undefined {
  if (file === undefined) return undefined;
  return markup`<div><dt>${name}</dt><dd>${file.name}${file.sha256 === undefined ? undefined : markup`<br>SHA-256 <span class="mono hash">${file.sha256}</span>`}</dd></div>
`;
}

function cloudTrail({ run, rows, basis, told, trailCommands }: Report): Html {
  if (run.endpoint === 'emulator') {
    return markup`<p>This was a rehearsal: its calls never reached AWS, and CloudTrail knows none of them.</p>`;
  }
  if (rows.requestIds === 0) {
    if (run.state !== 'finished')
      return markup`<p>No row that has an end so far was answered for a write: there is nothing to join yet.</p>`;
    return basis === 'proven' || told === 'journal'
      ? markup`<p>No write was answered: there is nothing to join.</p>`
      : markup`<p>The results, as they are now, have no request id to join by; CloudTrail may have calls of the run all the same.</p>`;
  }
  return markup`<p>The column <code>request_ids</code> of the results has the id of each answer, oldest first; CloudTrail records the same as <code>requestID</code>.
Who made a call, from where and with what, stands there. Event history keeps 90 days, and has these calls in one region alone; this lists the run’s time, an hour on either side, and lays each row beside its event by the sample that oppsweep’s package has (see docs/audit.md there):</p>
${trailCommands.map((command) => markup`<pre tabindex="0">${command}</pre>`)}
<p>A trail that Athena reads is asked for single calls:</p>
<pre tabindex="0">SELECT eventtime, useridentity.arn, sourceipaddress, eventname, errorcode, requestparameters
FROM cloudtrail_logs WHERE requestid IN ('…', '…')</pre>`;
}
