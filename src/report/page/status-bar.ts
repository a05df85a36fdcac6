import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';
import { count } from '../../model/words/amounts.ts';
import { STATUS_MEANINGS } from '../../model/words/status-meanings.ts';
import type { Report } from '../report.ts';
import { markup, type Html } from './markup.ts';
import { sourceWords, sum } from './sentences.ts';

/** The colour of a status; statuses that mean nearly the same share one. */
export const TONES: Readonly<Record<RowStatus, string>> = {
  disassociated: 'done',
  associated: 'done',
  replaced: 'done',
  would_disassociate: 'planned',
  would_associate: 'planned',
  would_replace: 'planned',
  already_absent: 'needless',
  already_present: 'needless',
  duplicate: 'aside',
  skipped: 'aside',
  invalid: 'invalid',
  failed: 'failed',
  unknown: 'unknown',
};

/** A piece of the bar is seen however few rows it stands for, percent. */
const LEAST = 0.6;

/** Rows that are told as one: in the bar and beside it. */
interface Share {
  readonly name: string;
  readonly tone: string;
  readonly meaning: string;
  readonly number: number;
}

/** The rows by status, and those that have no end yet: a bar, and the same in words. */
export function statusBar(report: Report): Html {
  const { rows, otherStatus } = report.rows;
  const shares = sharesOf(report).filter(({ number }) => number > 0);
  const all = rows + report.run.inDoubt.length + report.run.rowsLeft;
  const words = shares.map(({ name, number }) => `${count(number)} ${name}`).join(', ');
  const source = sourceWords(report);
  return markup`${source === undefined ? undefined : markup`<p class="source">${source}:</p>`}
<svg class="bar" role="img" aria-label="Rows by status: ${words}">${pieces(shares, all)}</svg>
<ul class="legend">${shares.map(legend)}${otherStatus === 0 ? undefined : markup`<li>${count(otherStatus)} with a status that is none of oppsweep’s</li>`}</ul>`;
}

function sharesOf({ rows, run }: Pick<Report, 'rows' | 'run'>): readonly Share[] {
  return [
    ...ROW_STATUSES.flatMap((status) => sharesOfStatus(status, rows, toldSince(status, rows))),
    {
      name: 'done since',
      tone: 'since',
      meaning: 'needed somebody, and done by a later run of these results',
      number: sum(Object.values(rows.doneSince.byStatus)),
    },
    {
      name: 'taken back since',
      tone: 'back',
      meaning: BACK,
      number: sum(Object.values(rows.takenBack.byStatus)),
    },
    { ...doubtWords(run), tone: 'unknown', number: run.inDoubt.length },
    { name: 'still to be done', tone: 'open', meaning: '', number: run.rowsLeft },
  ];
}

function toldSince(status: RowStatus, { takenBack, doneSince }: Report['rows']): number {
  return (takenBack.byStatus[status] ?? 0) + (doneSince.byStatus[status] ?? 0);
}

const BACK = 'done, and undone by another run since';

/** A plan's rows that could not be looked at are told apart. `elsewhere`: so many are told otherwise. */
export function sharesOfStatus(
  status: RowStatus,
  { byStatus, changed }: Report['rows'],
  elsewhere: number = 0,
): readonly Share[] {
  const all = (byStatus[status] ?? 0) - elsewhere;
  const unread = Math.min(all, changed.unread[status] ?? 0);
  const meaning = STATUS_MEANINGS[status];
  return [
    { name: status, tone: TONES[status], meaning, number: all - unread },
    { name: `${status} (not read)`, tone: 'unknown', meaning: NOT_READ, number: unread },
  ].filter(({ number }) => number > 0);
}

const NOT_READ = 'the opportunity could not be read: whether it holds this is not known';

/** Of a run that goes, what was sent a moment ago is no doubt. */
export function doubtWords({ state }: Pick<Report['run'], 'state'>): Pick<Share, 'name' | 'meaning'> {
  return state === 'running'
    ? { name: 'under way', meaning: 'noted, and not answered yet' }
    : { name: 'in doubt', meaning: 'perhaps sent, and no answer is noted' };
}

function pieces(shares: readonly Share[], all: number): readonly Html[] {
  const widths = shares.map(({ number }) => Math.max(LEAST, (number / Math.max(1, all)) * 100));
  const scale = 100 / Math.max(100, sum(widths));
  let from = 0;
  return shares.map(({ name, tone, number }, index) => {
    const width = (widths[index] ?? 0) * scale;
    const piece = markup`<rect class="tone-${tone}" x="${from.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%"><title>${name}: ${count(number)}</title></rect>`;
    from += width;
    return piece;
  });
}

function legend({ name, tone, meaning, number }: Share): Html {
  return markup`<li><span class="swatch tone-${tone}"></span><b>${count(number)}</b> ${name} <span class="meaning">${meaning}</span></li>
`;
}
