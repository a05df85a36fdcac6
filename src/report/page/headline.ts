import { assertNever } from '../../model/fault.ts';
import type { RowStatus } from '../../model/outcome.ts';
import { count, counted } from '../../model/words/amounts.ts';
import type { Report } from '../report.ts';
import { listed, sum } from './sentences.ts';

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

/** The file that a page is of: of an undo, whose input is named in its headline, the results. */
export function fileOf({ command, input, finalName }: Report['run']): string {
  return command === 'undo' || input === undefined ? finalName : input.name;
}

/** The report in a sentence or two: first what can't be relied on, then what was done, or would be. */
export function headline(
  report: Pick<Report, 'run' | 'rows' | 'basis' | 'checks' | 'takenBack' | 'corrected'>,
): string {
  const { otherName, input } = report.run;
  const sentence = whatWasDone(report);
  if (otherName === undefined) return sentence;
  if (report.run.command === 'undo') return `${otherName}: ${uncapitalised(sentence)}`;
  return `${otherName}, the run of ${input?.name ?? 'an input that is not known'}: ${uncapitalised(sentence)}`;
}

function uncapitalised(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function whatWasDone(
  report: Pick<Report, 'run' | 'rows' | 'basis' | 'checks' | 'takenBack' | 'corrected'>,
): string {
  const told = `${undoWords(report.run)}${changesTold(report)}`;
  const clause = uncapitalised(told);
  switch (report.basis) {
    case 'proven':
      return told;
    case 'journal':
      if (report.corrected !== undefined) return told;
      // What is not yet finished has no end that a journal could lack.
      return report.run.state === 'finished'
        ? `Something was changed or lost since the run. Its journal, which was not, says: ${clause}`
        : `Something was changed or lost since: the results so far and the journal don’t agree, and nothing tells which is right. By the journal, ${clause}`;
    case 'unproven':
      return report.checks.length === 0
        ? `Nothing proves what the run did: only its results are left. By them, ${clause}`
        : `What the run did can’t be told for certain. By what is left of it, ${clause}`;
    default:
      return assertNever(report.basis);
  }
}

/** Of an undo, which run it takes back: its input is that run's results. */
function undoWords({ command, input }: Report['run']): string {
  return command === 'undo' ? `Undo of ${input?.name ?? 'a run'}: ` : '';
}

function changesTold({ run, rows, takenBack }: Pick<Report, 'run' | 'rows' | 'takenBack'>): string {
  const { byStatus, opportunities, unread } = rows.changed;
  const made = CHANGES.flatMap(({ statuses, verb }) => {
    const number = sum(statuses.map((status) => byStatus[status] ?? 0));
    return number === 0 ? [] : [{ number, verb }];
  });
  const [first, ...others] = made;
  const unseen = sum(Object.values(unread));
  if (first === undefined) return nothingChanged(run, unseen, rows.otherStatus);
  const where = `${others.length === 0 ? ` ${first.verb.to}` : ', at'} ${counted(opportunities, 'opportunity')}`;
  if (run.planned) {
    const verbs = [
      `${first.verb.planned} ${counted(first.number, 'association')}`,
      ...others.map(({ number, verb }) => `${verb.planned} ${count(number)}`),
    ];
    const more =
      unseen === 0 ? '' : `, and try ${counted(unseen, 'row')} more whose opportunity could not be read`;
    return `A run would ${listed(verbs)}${where}${more}.`;
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
  const all = sum(made.map(({ number }) => number));
  return `${listed(verbs)}${where}${run.state === 'finished' ? '' : ' so far'}${backWords(backOf(rows, takenBack), all)}.`;
}

/** Of the rows that were changed; of a replacement that is half done, the half may be undone, too. By the undos' counts where no row is known. */
function backOf({ takenBack: { byStatus } }: Report['rows'], undos: Report['takenBack']): number {
  const isKnown = sum(Object.values(byStatus)) > 0;
  if (!isKnown) return sum(undos.map(({ rows }) => rows));
  return sum(CHANGES.flatMap(({ statuses }) => statuses.map((status) => byStatus[status] ?? 0)));
}

/** What is so no longer is told with what was done. */
function backWords(back: number, all: number): string {
  if (back === 0) return '';
  if (all === 1) return ', and taken back since';
  return `, and ${back >= all ? 'all' : count(back)} of them taken back since`;
}

function nothingChanged(
  { planned, state, halfReplaced }: Report['run'],
  unseen: number,
  otherStatus: number,
): string {
  if (planned && unseen > 0)
    return `A run would try ${counted(unseen, 'row')} whose opportunity could not be read, and change nothing else.`;
  if (otherStatus > 0) return `Whether anything ${planned ? 'would be' : 'was'} changed is not known.`;
  if (planned) return 'A run would change nothing.';
  if (state === 'finished') return 'Nothing was changed.';
  return sum(Object.values(halfReplaced)) > 0 ? 'No row is done so far.' : 'Nothing has been changed so far.';
}
