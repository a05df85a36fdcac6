import { isSettledAsWished, type RowStatus } from '../../model/outcome.ts';
import { count, counted } from '../../model/words/amounts.ts';
import { changedBeforeWords, correctedWords, nameOf, takenBackWords } from '../../model/words/since-words.ts';
import type { Report } from '../report.ts';
import { isLost, type Reason, type RowFacts } from '../rows/row-facts.ts';
import type { Times } from './times.ts';

/** Rows whose opportunity has neither the old nor the new entity now; `undefined` where there is none. */
export function lostSentence({ reasons }: RowFacts): string | undefined {
  const lost = rowsOf(reasons.filter(isLost));
  if (lost === 0) return undefined;
  return `${counted(lost, 'replacement')} lost: the old entity was detached, the new one refused, and the old one could not come back. An undo attaches the old one.`;
}

/** What a manager asks next: what is left, and what was not needed. */
export function standing(
  report: Pick<
    Report,
    'run' | 'rows' | 'basis' | 'told' | 'takenBack' | 'doneSince' | 'before' | 'corrected'
  >,
  times: Times,
): readonly string[] {
  const { run, rows, basis } = report;
  const undos = [...report.takenBack, ...report.before.takenBack];
  const needy = needyRows(rows);
  const noted = notedRows(rows);
  const done = doneRows(report);
  const unknown = countOf(rows, ['unknown']) - (rows.doneSince.byStatus.unknown ?? 0);
  const source = sourceWords(report);
  const asFound = source === undefined ? '' : `${source}, `;
  return [
    ...correctedTold(report),
    ...report.takenBack.map((undo) => `${takenBackWords(undo)}.`),
    ...(done > 0 ? [`${asFound}${doneWords(report, times)}.`] : []),
    ...(needy > 0
      ? [
          `${done > 0 ? '' : asFound}${counted(needy, 'row')} ${done > 0 ? 'still ' : ''}${needy === 1 ? 'needs' : 'need'} somebody.`,
        ]
      : []),
    ...(unknown > 0
      ? [
          `Whether ${needy === unknown ? 'that was' : `${count(unknown)} of them ${unknown === 1 ? 'was' : 'were'}`} done is not known.`,
        ]
      : []),
    ...otherStatusWords(rows.otherStatus),
    ...aloneWords(rows.changed.attachedAlone),
    ...(noted > 0 ? considered(run, noted) : []),
    ...doubted(run),
    ...(basis === 'proven'
      ? reassuring({ run, rows }, needy + noted + done + run.inDoubt.length + undos.length)
      : []),
    ...(basis === 'unproven' ? [] : beforeWords(report)),
    ...(basis === 'unproven' && run.state !== 'finished'
      ? ['How many rows are still to be done is not known.']
      : []),
    ...(run.rowsLeft > 0
      ? [`${counted(run.rowsLeft, 'row')} ${run.rowsLeft === 1 ? 'is' : 'are'} still to be done.`]
      : []),
    ...halfReplacedWords(run),
  ];
}

function correctedTold({ run, corrected }: Pick<Report, 'run' | 'corrected'>): readonly string[] {
  if (corrected === undefined) return [];
  return [`${nameOf(run.results.name)} was ${correctedWords(corrected)}.`];
}

function doneRows({ doneSince }: Pick<Report, 'doneSince'>): number {
  return sum(doneSince.map(({ rows }) => rows));
}

/** A clause: how many needed somebody, and who has done them, when. */
function doneWords(report: Pick<Report, 'rows' | 'doneSince'>, { day }: Times): string {
  const done = doneRows(report);
  const all = needyRows(report.rows) + done;
  const by = report.doneSince.map(({ results, rows, toMs }) => {
    const number = report.doneSince.length === 1 ? '' : `${count(rows)} `;
    return `${number}by ${nameOf(results)}${toMs === undefined ? '' : `, on ${day(toMs)}`}`;
  });
  const which = done < all ? `${count(done)} of them` : all === 1 ? 'it' : all === 2 ? 'both' : 'all of them';
  return `${counted(all, 'row')} needed somebody; ${which} ${done === 1 ? 'was' : 'were'} done since ${listed(by)}`;
}

/** What counts are told by, where that is to be known; a clause. */
export function sourceWords({ basis, told }: Pick<Report, 'basis' | 'told'>): string | undefined {
  if (basis === 'proven') return undefined;
  return told === 'journal' ? 'By the run’s journal' : 'By the results as they are now';
}

function otherStatusWords(number: number): readonly string[] {
  if (number === 0) return [];
  return [
    `${counted(number, 'row')} ${number === 1 ? 'has' : 'have'} a status that is none of oppsweep’s: what became of ${number === 1 ? 'it' : 'them'} is not told.`,
  ];
}

/** A replacement in which nothing was removed is not all that the headline says of it. */
function aloneWords(number: number): readonly string[] {
  if (number === 0) return [];
  return [
    `Where ${count(number)} ${number === 1 ? 'was' : 'were'} replaced, the old one was not there: only the new one was attached.`,
  ];
}

/** As the plan itself has said it at its end, where that is known. */
function considered({ plan }: Report['run'], noted: number): readonly string[] {
  const notes = plan?.notes ?? [];
  if (notes.length > 0) return notes.map((note) => `${note}.`);
  return [`${counted(noted, 'row')} ${noted === 1 ? 'has' : 'have'} something to consider.`];
}

/** The worse ones first. */
function halfReplacedWords({ halfReplaced: { both, neither } }: Report['run']): readonly string[] {
  const are = (number: number): string =>
    `${counted(number, 'replacement')} ${number === 1 ? 'is' : 'are'} half done:`;
  return [
    ...(neither > 0
      ? [`${are(neither)} the old one is, or may be, detached, and the new one not attached yet.`]
      : []),
    ...(both > 0 ? [`${are(both)} the new one is attached, and the old one not removed yet.`] : []),
  ];
}

function doubted({ state, inDoubt: { length } }: Report['run']): readonly string[] {
  if (length === 0 || state === 'running') return [];
  return [
    `${counted(length, 'row')} ${length === 1 ? 'is' : 'are'} in doubt: ${length === 1 ? 'its call' : 'their calls'} may have been sent, and no answer is noted.`,
  ];
}

/** Said only where it is proven: whoever reads it stops looking. */
function reassuring({ run, rows }: Pick<Report, 'run' | 'rows'>, toLookAt: number): readonly string[] {
  const of = (status: RowStatus): number => countOf(rows, [status]);
  return [
    ...(toLookAt === 0 && run.rowsLeft === 0 ? ['Nobody has to look at anything.'] : []),
    ...be(of('already_absent'), 'already gone'),
    ...be(of('already_present'), 'there already'),
    ...(of('duplicate') > 0 ? [`${count(of('duplicate'))} repeated an earlier row.`] : []),
    ...be(of('skipped'), 'left out, as asked for'),
  ];
}

function beforeWords({ rows, before }: Pick<Report, 'rows' | 'before'>): readonly string[] {
  return be(rows.changedBefore, changedBeforeWords({ rows: rows.changedBefore, ...before }));
}

/** Rows that did not end as wished. */
function needyRows({ reasons, otherReasons }: RowFacts): number {
  return rowsOf(reasons.filter(({ status }) => !isSettledAsWished(status))) + otherReasons;
}

/** Rows of a plan of which a read showed something. */
function notedRows({ reasons }: RowFacts): number {
  return rowsOf(reasons.filter(({ status }) => isSettledAsWished(status)));
}

/** The same, as the title of their part of the page. */
export function lookTitle({
  run,
  rows,
  basis,
  takenBack,
  doneSince,
  before,
  corrected,
}: Pick<Report, 'run' | 'rows' | 'basis' | 'takenBack' | 'doneSince' | 'before' | 'corrected'>): string {
  const number = rowsToLookAt(rows);
  if (number > 0) return `${counted(number, 'row')} to look at`;
  if (basis !== 'proven' && corrected === undefined) return 'Rows to look at';
  if (run.state === 'stopped' && run.inDoubt.length > 0)
    return `${counted(run.inDoubt.length, 'row')} in doubt`;
  const done = doneRows({ doneSince });
  if (done > 0) return `${counted(done, 'row')} done since`;
  const undone = sum([...takenBack, ...before.takenBack].map((undo) => undo.rows));
  if (undone > 0) return `${counted(undone, 'row')} taken back since`;
  return run.state === 'finished' ? 'Nothing to look at' : 'Nothing to look at so far';
}

/** All that somebody should look at. */
export function rowsToLookAt(rows: RowFacts): number {
  return needyRows(rows) + notedRows(rows);
}

export function rowsOf(reasons: readonly Reason[]): number {
  return sum(reasons.map(({ rows }) => rows));
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function countOf({ byStatus }: RowFacts, statuses: readonly RowStatus[]): number {
  return sum(statuses.map((status) => byStatus[status] ?? 0));
}

function be(number: number, what: string): readonly string[] {
  return number === 0 ? [] : [`${count(number)} ${number === 1 ? 'was' : 'were'} ${what}.`];
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const [last = '', ...before] = words.toReversed();
  return before.length === 0 ? last : `${before.toReversed().join(', ')} and ${last}`;
}
