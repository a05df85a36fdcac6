import { answerIn, areAnswers, noteAmong } from './answers.ts';
import { decisionIn, isOfDecisions, seemsToDecide } from './decision-names.ts';
import { wordsIn } from './keeping-words.ts';
import { saysGoes, saysGoesAlone, saysStays } from './pair-names.ts';

/** Cells of a column. */
export interface ColumnCells {
  readonly values: readonly string[];
  /** Whether these are all that it has. */
  readonly isWhole: boolean;
}

/**
 * What a column that is not read seems to hold beside data: a decision about rows (see `decisionIn`), an answer to a question about them, or,
 * where nearly all of its cells are empty, a note that may be one in words nobody knows.
 */
export function remarkIn(
  name: string,
  { values, isWhole }: ColumnCells,
): { readonly decides?: string; readonly note?: string } {
  const decides =
    decisionIn(name, values) ?? (asks(name) && areAnswers(values, isException(name)) ? '' : undefined);
  if (decides === '' && isWhole && leavesNothingOut(name, values)) return {};
  if (decides !== undefined) return { decides };
  const note = noteAmong(values);
  return note === undefined ? {} : { note };
}

/** Words, folded, of questions whose answer may be whether a row is meant; `Co-sell`, `Active` and `Valid` are facts of a deal. */
const QUESTION = new RegExp(
  ` (${[
    'approv(ed|al)|confirm(ed|ation)?|agreed|authori[sz]ed|accepted|cleared|sign(ed)? off|ok|okay|go ahead|go|in use|used|needed|required|wanted|relevant',
    'obsolete|outdated|wrong|duplicate|protected|affected|migrated?|cancell?ed|closed out|still (active|valid|open)|clean ?up|proceed|process|execute|apply',
    'noch (aktiv|gultig|offen)|bereinig(en|ung)|durchfuhren|genehmig(t|ung)|freigegeben|freigabe|bestatigt|einverstanden|in gebrauch|gebraucht|benotigt|notig|genutzt|verwendet|veraltet|betroffen',
    'approuvee?|validee?|confirmee?|utile|utilisee?|necessaire|perimee?|concernee?',
    'aprobad[oa]|confirmad[oa]|autorizad[oa]|en uso|usad[oa]|necesari[oa]|aprovad[oa]|em uso|necessari[oa]|approvat[oa]|confermat[oa]|usat[oa]|in uso',
    'godkand|goedgekeurd|zatwierdzon[eya]|承認(済み?)?|確認(済み?)?|使用中|必要|批准|确认|审批',
  ].join('|')}) `,
);
/** Whether a column's name asks something of its rows; one without words may ask anything. */
function asks(name: string): boolean {
  const words = wordsIn(name);
  if (words.length === 0 || QUESTION.test(` ${words.join(' ')} `)) return true;
  // With other words, it may be about something else: `Deleted in CRM`.
  return (
    words.length === 1 && (saysGoes(name) || saysStays(name) || /^(done|mark(ed)?)$/.test(words[0] ?? ''))
  );
}

/** Whether a column's name is that of few rows that stay, which alone have a cell. */
function isException(name: string): boolean {
  return wordsIn(name).length === 1 && saysStays(name);
}

/** Names, folded, under which a person stands who has decided. */
const BY = / (by|von|durch|par|por|da) $/;

/** Whether a column may as well list what somebody has to do: `Check invoice`. */
function isOfTasks(name: string): boolean {
  return wordsIn(name).join('') === 'todo';
}

/** Whether no row's cell can be the reason to leave it out: all are empty, all say that it goes, or all name who has said so. */
function leavesNothingOut(name: string, values: readonly string[]): boolean {
  if (values.length === 0) return false;
  if (isOfDecisions(name) && BY.test(` ${wordsIn(name).join(' ')} `)) return !values.includes('');
  if (values.every((cell) => cell === '')) return true;
  if (isOfTasks(name) && values.every((cell) => / /.test(cell) && !seemsToDecide(cell))) return true;
  const isToGo = saysGoes(name);
  return (
    !saysStays(name) && values.every((cell) => saysGoesAlone(cell) || (isToGo && answerIn(cell) === 'yes'))
  );
}
