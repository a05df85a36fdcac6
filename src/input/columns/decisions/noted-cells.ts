import type { NotedCell, ResultColumn } from '../../../model/result-columns.ts';
import { saysKeep, wordsIn } from './keeping-words.ts';

/** Our columns of results that nobody corrects, and whether a text is one that no run writes there. */
const NOTES: readonly (readonly [ResultColumn, (text: string) => boolean])[] = [
  ['exception', (text) => saysKeep(text) || !/^[\w.:#/$-]+$/.test(text)],
  ['message', (text) => asksToKeep(text)],
  // Each of ours is a sentence.
  ['tip', (text) => asksToKeep(text) || !text.endsWith('.')],
  ['attempts', hasLetters],
  ['request_ids', (text) => text.split(/\s+/).some((id) => !mayBeRequestId(id))],
  ['started_at', isNoTime],
  ['finished_at', isNoTime],
  ['row', hasLetters],
];

/** The note that somebody has written into a line of results, over what stood there; `undefined` where there is none to be known. */
export function noteIn(cells: Readonly<Partial<Record<ResultColumn, string>>>): NotedCell | undefined {
  for (const [column, isNote] of NOTES) {
    const text = (cells[column] ?? '').trim();
    if (text !== '' && isNote(text)) return { column, text };
  }
  return undefined;
}

/** Beginnings of what people write; the service has its own sentences. */
const ASKS_TO_KEEP =
  /^(please |pls |bitte )*(keep|retain|leave|skip|hold|wait|ignore|do not|dont|never|not this|not to be|behalten|bleibt|nicht (loschen|entfernen)|garder|conserver|ne pas|mantener|conservar|no (eliminar|borrar|quitar)|manter|mantenere) /;

function asksToKeep(text: string): boolean {
  // A cell of the user's is quoted.
  const own = text.slice(0, 200).replaceAll(/"[^"]*"/g, '');
  return saysKeep(own) || ASKS_TO_KEEP.test(`${wordsIn(own).join(' ')} `);
}

/** Whether a word may be an identifier of a request, as it was told by whatever endpoint. */
export function mayBeRequestId(word: string): boolean {
  return /\d/.test(word);
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** A spreadsheet may have written a time in its own way. */
function isNoTime(text: string): boolean {
  return Number.isNaN(Date.parse(text)) && hasLetters(text.replaceAll(/[TZ]|[ap]\.?m\.?/gi, ''));
}
