import type { WriteRule } from '../model/call.ts';
import { assertNever } from '../model/fault.ts';
import {
  attachedAlone,
  OLD_ABSENT_WORDS,
  type EarlierResult,
  type RowOutcome,
  type SkipReason,
} from '../model/outcome.ts';
import type { Problem } from '../model/problem.ts';
import { NOTE_SENTENCES } from '../model/words/note-sentences.ts';
import { MAY_NOT_BE_MEANT } from './later-sentences.ts';
import { tipFor, tipForProblems } from './tip-for.ts';

/** An outcome in the words of the results file. */
export interface OutcomeWords {
  readonly exception: string;
  readonly message: string;
  readonly tip: string;
}

type DoneOutcome = Extract<RowOutcome, { readonly status: WriteRule['done'] | 'replaced' }>;
type UnsettledOutcome = Extract<RowOutcome, { readonly status: 'failed' | 'unknown' }>;

/** The columns `exception`, `message` and `tip` of an outcome, in the results' row `row`. */
export function describeOutcome(outcome: RowOutcome, row?: number): OutcomeWords {
  switch (outcome.status) {
    case 'disassociated':
    case 'associated':
    case 'replaced':
      return words({ message: doneSentences(outcome).join('\n') });
    case 'already_absent':
      return words({ message: 'A read showed that it is not associated: nothing to remove.' });
    case 'already_present':
      return words({ message: 'A read showed that it is associated already: nothing to add.' });
    case 'would_disassociate':
    case 'would_associate':
    case 'would_replace':
      return words({ message: outcome.notes.map((note) => NOTE_SENTENCES[note]).join('\n') });
    case 'skipped':
      return words({ message: skipSentence(outcome.why) });
    case 'carried':
      return carriedWords(outcome.earlier);
    case 'duplicate':
      return duplicateWords(outcome.firstRow, row);
    case 'invalid':
      return words({
        exception: 'InvalidRow',
        message: outcome.problems.map(problemSentence).join('\n'),
        tip: tipForProblems(outcome.problems),
      });
    case 'failed':
      return faultWords(outcome);
    case 'unknown':
      return {
        ...faultWords(outcome),
        tip: 'It may or may not have been done: look at the opportunity in Partner Central before you act on it.',
      };
    default:
      return assertNever(outcome);
  }
}

/** Of a replacement whose calls are known: which of the two was needed. */
function doneSentences({ status, confirmedBy, calls }: DoneOutcome): readonly string[] {
  const half = status === 'replaced' && calls.made?.length === 1;
  return [
    ...(half
      ? [
          attachedAlone(calls)
            ? OLD_ABSENT_WORDS
            : 'The new one was there already: only the old one was removed.',
        ]
      : []),
    ...(confirmedBy === 'read' ? ['The answer was lost; confirmed by a read.'] : []),
  ];
}

/** Split, the row it repeats may be itself. */
function duplicateWords(firstRow: number, row: number | undefined): OutcomeWords {
  return firstRow === row
    ? words({
        exception: 'DuplicateRow',
        message: 'The same identifier stands in the same cell before.',
        tip: 'See the line above for what became of it.',
      })
    : words({
        exception: 'DuplicateRow',
        message: `Same opportunity, type and identifier as row ${firstRow}.`,
        tip: `See row ${firstRow} for what became of it.`,
      });
}

function skipSentence(why: SkipReason): string {
  switch (why.kind) {
    case 'locked':
      return `Left out by the option skip-locked: the opportunity’s review status is ${why.reviewStatus}.`;
    case 'where':
      return `Left out by the option where (${why.condition}): its cell in column ${why.column} is ${why.cell}.`;
    case 'entities':
      return `Left out by the option entities: its identifier is ${why.cell}.`;
    case 'not_mapped':
      return `Left out by the option replace-map: it has nothing for ${why.cell}.`;
    case 'no_entity':
      return 'Left out: the line names no identifier.';
    default:
      return assertNever(why);
  }
}

function words(part: Partial<OutcomeWords>): OutcomeWords {
  return { exception: '', message: '', tip: '', ...part };
}

/** As the earlier results had them. */
function carriedWords({ cells }: EarlierResult): OutcomeWords {
  return words({ exception: cells.exception ?? '', message: cells.message ?? '', tip: cells.tip ?? '' });
}

function faultWords({ fault, write, calls }: UnsettledOutcome): OutcomeWords {
  const met = write ?? (calls.attempts === 0 ? 'read' : undefined);
  return { exception: fault.exception, message: fault.message, tip: tipFor(fault, met) };
}

/** A problem, and what was probably meant. */
export function problemSentence({ message, suggestion, marked }: Omit<Problem, 'kind' | 'field'>): string {
  if (suggestion === undefined) return message;
  return `${message} Did you mean ${suggestion}?${marked === true ? MAY_NOT_BE_MEANT : ''}`;
}
