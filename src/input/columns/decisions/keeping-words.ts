import { foldName } from '../../values/fold-name.ts';

/** Texts, folded, that say of a row that it is not meant, and nothing else; one expression a language. */
const KEEPING = wholly([
  '(please|pls|this|it|these|they|(one)|do|to|be|should|must|shall|will|can)*(kept|keeps?|retain(s|ed)?|stays?|remains?|preserve[ds]?)(it|this|these|them|one)*(attached|linked|associated|asis|inplace|untouched|onthe(opportunity|deal))?',
  '(please|pls)?leave(it|this|these|them|one)*(alone|asis|inplace|attached)?|(on)?hold|skip|ignore|handsoff|veto(ed)?(by.*)?|(please|pls)?exclude(from.*)?|excludedfrom.*|exempt(ed)?(from.*)?',
  '(please|pls)?(donot|dont|never|nottobe|(must|should)notbe)(remove|delete|touch|detach|disassociate)d?(it|this|these|them|one|yet)*|(except|not)(this|these)(one|ones)?|removal(was)?(rejected|refused|denied|declined|vetoed)(by.*)?|wrong(ly)?(listed|included)',
  '(bitte|soll|muss|wird|drin|dran|so|erhalten|bestehen)*(behalten|bleibt|bleiben|lassen)|(bitte)?nicht(löschen|entfernen|anfassen)?',
  '(à|doit|merci|de)*(garder|conserver|laisser)|(merci|de)*(àne|ne)?pas(supprimer|retirer|toucher)',
  '(mantener|conservar|dejar)|no(eliminar|borrar|quitar|tocar)',
  '(manter|deixar)|não(remover|excluir|eliminar)',
  '(da)?(mantenere|lasciare|conservare)|non(eliminare|rimuovere|toccare)',
  'behouden|(laten|laat|blijft|blijven)(staan)?|niet(verwijderen|aanraken)',
  'behåll(a|s|es)?|lämna|(får|ska)?inte(tabort|tasbort)|tainte?bort|tabortinte',
  'behold(e|es)?|bevar(e|es)?|(må|skal)?ikke(slett?|slettes?|fjern|fjernes?)',
  '(zostaw(ić)?|zostaje|zachowa(ć|j))|nie(usuwać|usuwaj|ruszać)',
  '(ponechat|nechat|zachovat|nemazat|neodstraňovat)',
  '(оставить|сохранить)|не(удалять|трогать|удаляйте)',
  '(kalsın|kalacak|koru|sakla)|silme(yin)?|silinmesin',
  '(유지|보관|남기기|남김)(함|하기)?|삭제(금지|안함|불가)',
  '(残す|残し(てください|て下さい)|保持|維持|そのまま)|削除(しない|不可|禁止)',
  '(请|請)?(保留|保持|留下)|(请|請)?(不要|不|勿)(删除|刪除|移除)',
]);

/** Parts of texts in languages without spaces that say so. */
const WITHIN = new RegExp(
  withoutMarks(
    '残して(おいて)?(ください|下さい)|削除しない|削除(不可|禁止)|(请|請)(保留|勿)|(不要|勿)(删除|刪除|移除)|삭제하지|남겨',
  ),
);

/** Words of notes, folded, that say of a row that it stays; to keep in touch, or somebody informed, is another thing. */
const TO_STAY = wordsOf([
  'leave (it|this|these|them|alone|as|in place)|still (needed|required|wanted|used|in use)|(stay|stays|remain|remains) (attached|on the opportunity)',
  '(dont|not|never|not to be) (be )?(remove|delete|touch|detach|disassociate)d?',
  'bleibt( drin)?|nicht (löschen|entfernen|anfassen)|noch (benötigt|gebraucht)|erhalten bleiben|(drin|dran) lassen',
  'pas (supprimer|retirer|toucher)|n[ao]o? (eliminar|borrar|quitar|tocar|remover|excluir)|non (eliminare|rimuovere)',
  'niet verwijderen|ta inte bort|ta bort inte|ikke (slett?|slettes?|fjern|fjernes)|nie usuwa[cj]|не удалять|silmeyin',
]);

/** Whether a cell says that its row is to stay as it is. */
export function saysKeep(value: string): boolean {
  return KEEPING.test(foldName(value));
}

/** Whether a text has words, among others, that say so. */
export function asksToStay(text: string): boolean {
  return TO_STAY.test(spaced(text)) || (/\P{ASCII}/u.test(text) && WITHIN.test(foldName(text)));
}

/** A name's hyphen has no spaces, and its comma stands before a capital: `Keep-It Ltd`, `Keep, Inc.`. */
const APART = /[:;()[\]{}|!?*\r\n。、：（）「」！]|\s[-–—]+\s|,(?=\s*\p{Ll})/u;

/** The parts of a text that punctuation sets apart: `Acme (stays)` has two; none of a text that is one. */
export function partsOf(text: string): readonly string[] {
  const parts = text.split(APART).filter((part) => part.trim() !== '');
  return parts.length > 1 ? parts : [];
}

/** A text's words, folded, each between spaces. */
export function spaced(text: string): string {
  return ` ${wordsIn(text).join(' ')} `;
}

/** The words of a name or a text, folded; `toBeRemoved` has three. */
export function wordsIn(text: string): readonly string[] {
  return text
    .replaceAll(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .split(/[^\p{L}\p{M}'’]+/u)
    .map(foldName)
    .filter((word) => word !== '');
}

/** Finds one of some expressions among a text's words, both folded. */
export function wordsOf(alternatives: readonly string[]): RegExp {
  return new RegExp(` (${withoutMarks(alternatives.join('|'))}) `);
}

/** Finds one of some expressions where it is all of a folded text. */
export function wholly(alternatives: readonly string[]): RegExp {
  return new RegExp(`^(${withoutMarks(alternatives.join('|'))})$`);
}

/** An expression as a folded text has its letters. */
function withoutMarks(expression: string): string {
  return expression.normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ı', 'i');
}
