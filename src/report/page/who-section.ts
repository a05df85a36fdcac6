import { ROW_STATUSES } from '../../model/outcome.ts';
import { about, count, counted, withMoments } from '../../model/words/amounts.ts';
import type { Report, ReportedRun } from '../report.ts';
import { markup, type Html } from './markup.ts';
import { withOptions } from './option-words.ts';
import { listed, sum } from './sentences.ts';
import type { Times } from './times.ts';

/** `Who and what`: everything that was asked, by whom, of whom, and what it would take to take it back. */
export function whoSection(report: Report, times: Times): Html {
  const { run } = report;
  return markup`<section id="who" aria-labelledby="who-title">
<h2 id="who-title">Who and what</h2>
<dl>
${fact('Command', run.planned && run.command !== 'plan' ? `${run.command ?? ''}, planned only` : run.command)}
${fact('Catalog', run.catalog)}
${fact('Endpoint', run.endpoint)}
${fact('Caller', callers(report))}
${fact('Worked on by', workers(report))}
${fact('Began', run.beganAt === undefined ? undefined : times.moment(Date.parse(run.beganAt)))}
${fact(run.state === 'finished' ? 'Finished' : 'State', run.endedAt === undefined ? stateWords(run, times) : times.moment(Date.parse(run.endedAt)))}
${fact('Input', run.input?.name)}
${fact('Results', run.results.name)}
${fact('Tool', run.tool)}
${fact('Which rows, and how they are read', run.terms === '' ? 'every row, as it was found' : run.terms)}
</dl>
<h3>${run.planned ? 'Opportunities it would touch' : 'Opportunities touched'}</h3>
<p>${touched(report)}</p>
<h3>${run.planned ? 'What a run would cost' : 'What undoing it would cost'}</h3>
${costs(report, times)}
</section>`;
}

function fact(name: string, value: string | undefined): Html {
  return markup`<div><dt>${name}</dt><dd>${value === undefined || value === '' ? markup`<i>not known</i>` : withOptions(value)}</dd></div>
`;
}

/** A clause: whoever puts it in a sentence ends that. */
export function stateWords(
  { state, stop, goesOnByItself }: Pick<ReportedRun, 'state' | 'stop' | 'goesOnByItself'>,
  { moment }: Pick<Times, 'moment'>,
): string {
  if (state === 'running') return 'at work when this page was made';
  if (state === 'finished') return 'finished';
  const rests = goesOnByItself ? 'waiting for a worker' : 'stopped';
  if (stop === undefined) return `${rests}: its process was killed, or could not write why`;
  return 'by' in stop
    ? `${rests} by ${stop.by}`
    : `${rests}: ${withMoments(stop.why.replace(/\.$/, ''), moment)}`;
}

/** The callers of all sessions, in their order, each once: `arn…, then arn…, account 123456789012`. */
export function callers({ run, sessions }: Pick<Report, 'run' | 'sessions'>): string | undefined {
  const known = sessions.flatMap(({ caller }) => (caller === null ? [] : [caller]));
  const all = known.length > 0 || run.caller === undefined ? known : [run.caller];
  if (all.length === 0) return undefined;
  const arns = new Set(all.map(({ arn }) => arn));
  const accounts = new Set(all.map(({ account }) => account));
  return `${[...arns].join(', then ')}, account ${[...accounts].join(' and ')}`;
}

/** Who worked on it by the operating system's word, where the account was not asked. */
export function workers({ sessions }: Pick<Report, 'sessions'>): string | undefined {
  const known = sessions.flatMap(({ user, host }) =>
    user === null ? [] : [`${user} at ${host ?? 'a host'}`],
  );
  return known.length === 0 ? undefined : [...new Set(known)].join(', then ');
}

function touched({ basis, before: { asSaidBy }, rows: { changed, changedBefore } }: Report): string {
  const statuses = ROW_STATUSES.filter((status) => (changed.byStatus[status] ?? 0) > 0);
  const unseen = sum(Object.values(changed.unread));
  const unread =
    unseen === 0
      ? ''
      : ` ${counted(unseen, 'row')} beside them ${unseen === 1 ? 'was' : 'were'} not looked at: the opportunity could not be read.`;
  if (statuses.length === 0)
    return `${basis === 'unproven' ? 'None that anything left tells of.' : 'None.'}${unread}`;
  const made = listed(statuses.map((status) => `${count(changed.byStatus[status] ?? 0)} ${status}`));
  const types = listed(
    [...changed.byType].map(([type, rows]) => `${count(rows)} of ${type === '' ? 'no type' : type}`),
  );
  const before =
    changedBefore === 0
      ? ''
      : ` ${counted(changedBefore, 'row')} beside them ${changedBefore === 1 ? 'tells' : 'tell'} of an earlier run, ${asSaidBy === undefined ? 'whose results were the input' : `as the file ${asSaidBy} says`}.`;
  return `${counted(changed.opportunities, 'opportunity')}: ${made} (${types}).${before}${unread}`;
}

function costs({ undo, takenBack, run: { plan, endedAt } }: Report, times: Times): Html {
  if (plan !== undefined) {
    const end =
      plan.finishIfRunNow === undefined || endedAt === undefined
        ? undefined
        : markup`; begun as the plan ended, it would end ${times.moment(Date.parse(plan.finishIfRunNow))}`;
    if (plan.writesNeeded === 0)
      return markup`<p>A run would spend 0 writes of the day’s quota: there is nothing to do. Nothing has been changed.</p>`;
    const run =
      plan.runIt === undefined
        ? undefined
        : markup`
<p>This does what is planned, in the folder where the plan was made:</p>
<pre tabindex="0">${plan.runIt}</pre>`;
    return markup`<p>${counted(plan.writesNeeded, 'write')} of the day’s quota${end}. Nothing has been changed.</p>${run}`;
  }
  if (undo.kind === 'not_possible') return markup`<p>${undo.why}</p>`;
  const isBegun = takenBack.length > 0;
  if (undo.writes === 0)
    return markup`<p>Nothing: ${isBegun ? 'all that the run changed was taken back' : 'the run changed nothing'}.</p>`;
  return markup`<p>${counted(undo.writes, 'write')} of the day’s quota, ${about(undo.durationMs)}${isBegun ? ', for the rows that were not taken back yet' : ''}. What was removed is associated again, what was attached is removed:</p>
<pre tabindex="0">${undo.command}</pre>`;
}
