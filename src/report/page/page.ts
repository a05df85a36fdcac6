import { createHash } from 'node:crypto';
import { assertNever } from '../../model/fault.ts';
import { workedFor } from '../../store/sessions.ts';
import type { Report } from '../report.ts';
import { readScript, readStyle } from './assets.ts';
import { attentionSection, rowsShown } from './attention-section.ts';
import { dataBlock } from './data-block.ts';
import { fileOf, headline } from './headline.ts';
import { Html, markup } from './markup.ts';
import { withOptions } from './option-words.ts';
import { proofSection } from './proof-section.ts';
import { lookTitle, lostSentence, standing } from './sentences.ts';
import { statusBar } from './status-bar.ts';
import { timelineSection } from './timeline-section.ts';
import { timesIn, type Times } from './times.ts';
import { outlookSentences } from './wait-words.ts';
import { callers, stateWords, whoSection, workers } from './who-section.ts';

/** Begins the element by which a page of ours is known again, with its run. */
export const RUN_MARK = '<meta name="oppsweep-run" content="';

/** A report as one page of HTML, which loads nothing and in which nothing but its own script can run. */
export function pageOf(report: Report): string {
  const times = timesIn(report.timeZone);
  const style = readStyle();
  const script = readScript();
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
${new Html(RUN_MARK)}${report.run.id ?? ''}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="${report.madeBy}">
<title>${report.run.otherName === undefined ? `${fileOf(report.run)}: ` : ''}${headline(report)}</title>
<style>${new Html(style)}</style>
</head>
<body>
${head(report, times)}
<main>
${attentionSection(report, times)}
${timelineSection(report, times)}
${whoSection(report, times)}
${proofSection(report)}
</main>
<footer><p>Made by ${report.madeBy}, ${times.moment(report.madeAtMs)}. ${times.zone(report.madeAtMs) === 'UTC' ? 'Its times are UTC.' : 'Times are in that zone; those of rows are UTC.'} This page loads nothing and sends nothing.</p></footer>
<script type="application/json" id="data">${new Html(dataBlock(rowsShown(report.rows), report, times))}</script>
<script>${new Html(script)}</script>
</body>
</html>
`.toString();
}

/** Its own style and script by their hashes, and nothing else: no network, no frame, no form, no markup made of text. */
function policy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src '${hashOf(style)}'`,
    `script-src '${hashOf(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function head(report: Report, times: Times): Html {
  const { run, rows } = report;
  const lost = lostSentence(rows);
  return markup`<header>
<p class="file"><span>${fileOf(run)}</span><span>${stateLine(report, times)}</span></p>
${run.endpoint === 'emulator' ? markup`<p class="rehearsal">A rehearsal against an emulator: nothing was changed at AWS.</p>` : undefined}
<h1>${headline(report)}</h1>
<p class="standing">${withOptions([...standing(report, times), ...outlookSentences(report, times)].join(' '))}</p>
${lost === undefined ? undefined : markup`<p class="alarm"><b>${lost}</b></p>`}
${report.corrected === undefined && report.checks.some(({ sound }) => !sound) ? markup`<p class="alarm">See <a href="#proof">Proof</a> for what is not as the run left it, before anything here is relied on.</p>` : undefined}
${statusBar(report)}
<p class="who">${whoLine(report, times)}</p>
<nav class="tabs" aria-label="Parts of this report">
<a href="#rows">${lookTitle(report)}</a>
<a href="#when">What happened when</a>
<a href="#who">Who and what</a>
<a href="#proof">Proof</a>
</nav>
</header>`;
}

function stateLine({ run, madeAtMs }: Report, times: Times): string {
  switch (run.state) {
    case 'finished':
      return run.endedAt === undefined ? 'finished' : `finished ${times.moment(Date.parse(run.endedAt))}`;
    case 'running':
    case 'stopped':
      return `${stateWords(run, times)}; as of ${times.moment(madeAtMs)}`;
    default:
      return assertNever(run.state);
  }
}

/** By whom, where, when. */
function whoLine(report: Report, times: Times): string {
  const { run } = report;
  const whose = callers(report) ?? workers(report) ?? 'somebody who is not known';
  const where = whereOf(run);
  const worked = workedFor(report.sessions);
  const when =
    run.beganAt === undefined
      ? 'at a time that is not known'
      : run.endedAt === undefined
        ? `from ${times.moment(Date.parse(run.beganAt))}`
        : times.between(worked?.fromMs ?? Date.parse(run.beganAt), worked?.toMs ?? Date.parse(run.endedAt));
  return `By ${whose}, ${where}, ${when}.`;
}

/** Of an emulator in the run's own process, no catalog: nothing of it was seen. */
function whereOf({ catalog, endpoint }: Report['run']): string {
  if (endpoint === 'emulator') return 'against the emulator';
  if (catalog === undefined) return 'on a catalog that is not known';
  return `on catalog ${catalog}${endpoint === undefined ? '' : ` at ${endpoint}`}`;
}
