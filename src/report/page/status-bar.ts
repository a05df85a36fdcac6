import { ROW_STATUSES, type RowStatus } from '../../model/outcome.ts';
import { count } from '../../model/words/amounts.ts';
import { STATUS_MEANINGS } from '../../model/words/status-meanings.ts';
import type { RowFacts } from '../rows/row-facts.ts';
import { markup, type Html } from './markup.ts';

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

/** The rows by status: a bar, and the same in words. */
export function statusBar({ byStatus, rows, otherStatus }: RowFacts): Html {
  const shares = ROW_STATUSES.flatMap((status) => {
    const number = byStatus[status] ?? 0;
    return number === 0 ? [] : [{ status, number }];
  });
  let from = 0;
  const widths = shares.map(({ number }) => Math.max(LEAST, (number / Math.max(1, rows)) * 100));
  const scale =
    100 /
    Math.max(
      100,
      widths.reduce((sum, width) => sum + width, 0),
    );
  const pieces = shares.map(({ status, number }, index) => {
    const width = (widths[index] ?? 0) * scale;
    const piece = markup`<rect class="tone-${TONES[status]}" x="${from.toFixed(2)}%" width="${width.toFixed(2)}%" height="100%"><title>${status}: ${count(number)}</title></rect>`;
    from += width;
    return piece;
  });
  const words = shares.map(({ status, number }) => `${count(number)} ${status}`).join(', ');
  return markup`<svg class="bar" role="img" aria-label="Rows by status: ${words}">${pieces}</svg>
<ul class="legend">${shares.map(({ status, number }) => legend(status, number))}${otherStatus === 0 ? undefined : markup`<li>${count(otherStatus)} with a status that is none of oppsweep’s</li>`}</ul>`;
}

function legend(status: RowStatus, number: number): Html {
  return markup`<li><span class="swatch tone-${TONES[status]}"></span><b>${count(number)}</b> ${status} <span class="meaning">${STATUS_MEANINGS[status]}</span></li>
`;
}
