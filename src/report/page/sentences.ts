import { isSettledAsWished, type RowStatus } from '../../model/outcome.ts';
import { count, counted } from '../../model/words/amounts.ts';
import type { Report } from '../report.ts';
import { isLost, type Reason, type RowFacts } from '../rows/row-facts.ts';

/** A change by the status that tells of it: done, and planned. */
const CHANGES: readonly { readonly statuses: readonly RowStatus[]; readonly verb: Verb }[] = [
  {
    statuses: ['disassociated', 'would_disassociate'],
    verb: { done: 'removed', planned: 'remove', to: 'from' },
  },
  { statuses: ['associated', 'would_associate'], verb: { done: 'added', planned: 'add', to: 'to' } },
  { statuses: ['replaced', 'would_replace'], verb: { done: 'replaced', planned: 'replace', to: 'at' } },
];

interface Verb {
  readonly done: string;
  readonly planned: string;
  readonly to: string;
}

/** The report in a sentence: what was done, or would be. */
export function headline({ run, rows }: Pick<Report, 'run' | 'rows'>): string {
  const { byStatus, opportunities } = rows.changed;
  const made = CHANGES.flatMap(({ statuses, verb }) => {
    const number = statuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
    return number === 0 ? [] : [{ number, verb }];
  });
  const [first, ...others] = made;
  if (first === undefined) return nothingChanged(run);
  const where = `${others.length === 0 ? ` ${first.verb.to}` : ', at'} ${counted(opportunities, 'opportunity')}`;
  if (run.planned) {
    const verbs = [
      `${first.verb.planned} ${counted(first.number, 'association')}`,
      ...others.map(({ number, verb }) => `${verb.planned} ${count(number)}`),
    ];
    return `A run would ${listed(verbs)}${where}.`;
  }
  const was =
    run.state === 'finished'
      ? first.number === 1
        ? 'was'
        : 'were'
      : first.number === 1
        ? 'has been'
        : 'have been';
  const verbs = [
    `${counted(first.number, 'association')} ${was} ${first.verb.done}`,
    ...others.map(({ number, verb }) => `${count(number)} ${verb.done}`),
  ];
  return `${listed(verbs)}${where}${run.state === 'finished' ? '' : ' so far'}.`;
}

function nothingChanged({ planned, state }: Report['run']): string {
  if (planned) return 'A run would change nothing.';
  return state === 'finished' ? 'Nothing was changed.' : 'Nothing has been changed so far.';
}

/** Rows whose opportunity has neither the old nor the new entity now; `undefined` where there is none. */
export function lostSentence({ reasons }: RowFacts): string | undefined {
  const lost = rowsOf(reasons.filter(isLost));
  if (lost === 0) return undefined;
  return `${counted(lost, 'replacement')} lost: the old entity was detached, the new one refused, and the old one could not come back. An undo attaches the old one.`;
}

/** What a manager asks next: what is left, and what was not needed. */
export function standing({ run, rows }: Pick<Report, 'run' | 'rows'>): readonly string[] {
  const of = (...statuses: readonly RowStatus[]): number => countOf(rows, statuses);
  const needy = needyRows(rows);
  const noted = notedRows(rows);
  const unknown = of('unknown');
  return [
    ...(needy > 0 ? [`${counted(needy, 'row')} ${needy === 1 ? 'needs' : 'need'} somebody.`] : []),
    ...(unknown > 0
      ? [
          `${needy === unknown ? 'Whether that was' : `Whether ${count(unknown)} of them were`} done is not known.`,
        ]
      : []),
    ...(noted > 0 ? [`${counted(noted, 'row')} ${noted === 1 ? 'has' : 'have'} something to consider.`] : []),
    ...(needy + noted === 0 && run.rowsLeft === 0 ? ['Nobody has to look at anything.'] : []),
    ...be(of('already_absent'), 'already gone'),
    ...be(of('already_present'), 'there already'),
    ...(of('duplicate') > 0 ? [`${count(of('duplicate'))} repeated an earlier row.`] : []),
    ...be(of('skipped'), 'left out, as asked for'),
    ...be(rows.changedBefore, 'changed by an earlier run, whose results were the input'),
    ...(run.rowsLeft > 0
      ? [`${counted(run.rowsLeft, 'row')} ${run.rowsLeft === 1 ? 'is' : 'are'} still to be done.`]
      : []),
  ];
}

/** Rows that did not end as wished. */
function needyRows({ reasons, otherReasons }: RowFacts): number {
  return rowsOf(reasons.filter(({ status }) => !isSettledAsWished(status))) + otherReasons;
}

/** Rows of a plan of which a read showed something. */
function notedRows({ reasons }: RowFacts): number {
  return rowsOf(reasons.filter(({ status }) => isSettledAsWished(status)));
}

/** All that somebody should look at. */
export function rowsToLookAt(rows: RowFacts): number {
  return needyRows(rows) + notedRows(rows);
}

function rowsOf(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { rows }) => sum + rows, 0);
}

function countOf({ byStatus }: RowFacts, statuses: readonly RowStatus[]): number {
  return statuses.reduce((sum, status) => sum + (byStatus[status] ?? 0), 0);
}

function be(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${count(number)} ${number === 1 ? 'was' : 'were'} ${what}.`];
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const [last = '', ...before] = words.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
