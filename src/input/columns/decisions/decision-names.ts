import { foldName } from '../../values/fold-name.ts';
import { asksToStay, partsOf, saysKeep, spaced, wholly, wordsOf } from './keeping-words.ts';

/** Names of columns in which people write what is to be done with a row. */
const NAMES = folded([
  'action',
  'actions',
  'action required',
  'decision',
  'verdict',
  'to do',
  'what to do',
  'keep',
  'to keep',
  'keep or remove',
  'retain',
  'remove',
  'to remove',
  'to be removed',
  'delete',
  'to delete',
  'to be deleted',
  'disassociate',
  'skip',
  'ignore',
  'exclude',
  'selected',
  'needed',
  'Aktion',
  'Entscheidung',
  'behalten',
  'löschen',
  'entfernen',
  'décision',
  'garder',
  'conserver',
  'supprimer',
  'acción',
  'decisión',
  'mantener',
  'conservar',
  'eliminar',
  'ação',
  'decisão',
  'manter',
  'excluir',
  'remover',
  'azione',
  'decisione',
  'mantenere',
  'eliminare',
  '判断',
  '判定',
  '決定',
  '決断',
  '対応',
  '決策',
  '决定',
  '决策',
  '处理',
]);

/** Such names in further languages, folded; `Решение` may be a solution. */
const FURTHER_NAMES = wholly([
  'besluit|beslissing|behouden|(te)?verwijderen',
  'åtgärd|beslut|behåll|tabort',
  'beslutning|tiltak|behold|slett?|fjern',
  'decyzja|działanie|zostawić|usunąć|usuń|dousunięcia',
  'rozhodnutí|ponechat|smazat|odstranit',
  'удалить|оставить|действие',
  'karar|kalsın|silinsin|silinecek',
  '결정|조치|삭제(여부)?|유지(여부)?',
]);

/** Words of names, folded: of what is still to be done, not of what was (`Is Deleted`), nor of what remains. */
const TO_BE_DONE = wordsOf([
  '(keep|retain)(?! (support|backups?|cop(y|ies)|warm|posted|informed|contact|customers?|staff) )|remov(e|es|al|ing)|delet(e|es|ion|ing)|disassociat(e|es|ion|ing)|detach|skip|ignore|exclude|include',
  '(legal|litigation) hold|preserve|(in|out of) scope|(still|no longer|not) (needed|required|wanted|used|in use|relevant|valid)',
  '(results?|outcome) of|review (results?|outcome)|verdict|(our|the|final|review) decision',
  'behalten|bleib(t|en)|losch(en|ung)|entfern(en|ung)|noch (benotigt|gebraucht)|ergebnis',
  'garder|conserver|supprimer|suppression|retirer|a conserver|encore utile',
  'mantener|conservar|elimin(ar|acion|are)|borrar|quitar|manter|excluir|remover|mantenere',
]);

/** Words that say so unless they are part of a name, as of the firm `Keep Network Ltd`. */
const TO_KEEP = wordsOf([
  '(keep|retain)(?! (warm|the lights on|in (touch|mind|contact|the loop)|up|on|track|going|posted|informed|an eye|me|us|him|her|them|((the|our|this) )?\\w+ (informed|posted|updated)) )',
  'behalten|garder|conserver|mantener|conservar|manter|mantenere',
]);

/** Words, folded, of columns that hold names of things and people, their addresses, or the next step of a deal, which may be to keep anything. */
const OF_NAMES = wordsOf([
  '(name|names|title|subject|account|customer|client|company|owner|e ?mail|mail|url|website|link|contact|next (steps?|actions?))',
  '(kunde|firma|titel|betreff|nachster schritt|nom|titre|societe|compte|cliente|empresa|nombre|nome|azienda|conta)',
]);

/** Words, folded, of columns in which deals have a state or a tax: one that is on hold, or exempt, is not a row that stays. */
const STATE = wordsOf(['status|state|stage|phase|statut|etape|estado|etapa|stato|fase|tax|vat']);
const HOLDING = /^(hold|onhold|exempt(ed)?)$/;

/** Notes are longer than names; their beginning says it. */
const LONGEST_NOTE = 500;

/**
 * The decision about rows that a column which is not read seems to hold: a value that says so, or an empty text where its name
 * alone does. `undefined` for a column that does neither. `values` are those of its first rows.
 */
export function decisionIn(name: string, values: readonly string[]): string | undefined {
  const [isOfState, isOfNames] = [STATE, OF_NAMES].map((kind) => kind.test(spaced(name)));
  const keeping = values.find((value) => {
    // A firm may be named so.
    if (HOLDING.test(foldName(value)) && (isOfState === true || isOfNames === true)) return false;
    return saysKeep(value) || isMarked(value, isOfState === true) || notesKeep(value, isOfNames === true);
  });
  if (keeping !== undefined) return keeping;
  return isOfDecisions(name) ? '' : undefined;
}

/** Whether a cell of that text says what is to be done with a row, or with what stands in it. */
export function namesDecision(name: string): boolean {
  const reduced = foldName(name);
  return NAMES.has(reduced) || FURTHER_NAMES.test(reduced);
}

/** Whether a column's name has words, among others, that say what is to be done with a row. */
export function isOfDecisions(name: string): boolean {
  return namesDecision(name) || TO_BE_DONE.test(spaced(name));
}

const ADDRESS = /\S+@\S+|https?:\S+/g;

/** Whether a word that keeps a row stands in an otherwise ordinary cell, set apart by punctuation: `Ann: keep!`, but not `Data Keep`. */
function isMarked(value: string, isOfState: boolean): boolean {
  const parts = partsOf(value.slice(0, LONGEST_NOTE).replaceAll(ADDRESS, ' '));
  return parts.some((part) => saysKeep(part) && !(isOfState && HOLDING.test(foldName(part))));
}

/** `Safe-Keep`, which is a name. */
const HYPHENATED = /\p{L}+(-\p{L}+)+/gu;

/** Whether a cell has words, among others, that say that its row is to stay. */
function notesKeep(value: string, isOfNames: boolean): boolean {
  const text = value.slice(0, LONGEST_NOTE).replaceAll(ADDRESS, ' ');
  if (asksToStay(text) || isShouted(text)) return true;
  return !isOfNames && TO_KEEP.test(spaced(text.replaceAll(HYPHENATED, ' '))) && !looksLikeName(value);
}

/** `Acme KEEP`, but not `KEEP NETWORK`. */
function isShouted(text: string): boolean {
  return /(?<!\p{L})(KEEP|RETAIN|BEHALTEN)(?!\p{L})/u.test(text) && /\p{Ll}/u.test(text);
}

/** Whether each of several words begins with a capital. */
function looksLikeName(value: string): boolean {
  const words = value.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  return words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word) && !/^\p{Lu}{2,}$/u.test(word));
}

/** `Solution to remove` says no more than `to remove`. */
const WHAT_IT_IS = /^(solutions?|products?|offers?|entit(y|ies)|ids?|identifiers?|these|those)$/i;

/** Beginnings of words that say what is to be done, folded. */
const DECIDING =
  /^(keep|kept|keeping|stay|stays|remain|retain|remov|delet|disassociat|untouched|skip|ignor|exclud|not$|dont$|nicht|behalt|bleib|losch|entfern|gard|conserv|supprim|manten|elimin|manter|exclu)/;

/** Whether a text seems to say what is to be done with the rows near it. */
export function seemsToDecide(text: string): boolean {
  return text.split(/[^\p{L}']+/u).some((word) => DECIDING.test(foldName(word)));
}

/** A name without the words for what is named. */
export function withoutWhatItIs(cell: string): string {
  const words = cell.split(/[^\p{L}']+/u).filter((word) => !WHAT_IT_IS.test(word));
  return foldName(words.join(' '));
}

/** Words as they are compared. */
export function folded(words: readonly string[]): ReadonlySet<string> {
  return new Set(words.map(foldName));
}
