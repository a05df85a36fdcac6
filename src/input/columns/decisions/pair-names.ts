import { folded, namesDecision, withoutWhatItIs } from './decision-names.ts';
import { saysKeep, wordsIn } from './keeping-words.ts';

/** Names, folded, of the two columns of a pair: what goes, and what takes its place. */
export const OLD_NAME: RegExp =
  /^(old|from|existing|previous|retired?|legacy|source|before|origin|obsolete|deprecated|predecessor|replaces$|insteadof|was$|drop|remove)/;
export const NEW_NAME: RegExp =
  /^(new|to$|with$|replacement(?!of|for)|replace(d?by|with)|successor|target|destination|after|now$|keep|use)/;

/** More of them. A map of pairs under such alone is refused where it may be read backwards. */
const OTHER_NAMES_OF_PAIRS = folded([
  'neu',
  'bisher',
  'bleibt',
  'stays',
  'current',
  'nouveau',
  'nuevo',
  'novo',
  'nuovo',
]);

/** Words, folded, that say of what stands below a name that it goes. `Previous` tells of what has gone: exports have such columns. */
const GOING = new RegExp(
  `^(${[
    'old|former|legacy|obsolet|outdated|deprecat|supersed|retir|duplicat|dupes?$|wrong|incorrect|mistak|erroneous|goes$',
    'remov|delet|detach|drop(s|ped)?$|disassociat|dissociat|unlink',
    'alt(e|er|es|en|em)?$|ehemal|fruher|veralt|doppelt|duplikat|falsch|losch|geloscht|entfern|entfall',
    'ancien|supprim|faux$|fausse|mauvais|errone|doublon|perime',
    '(削除|删除|刪除|移除)$',
    'antig|elimin|borrar|quitar|equivocad|excluir|vecchi|sbagliat|errat|rimuov',
  ].join('|')})`,
);

/** Words, folded, that say of what stands below a name that it stays; `excluir` is to delete. */
const STAYING =
  /^(keep|kept|keeping|retain|preserv|stay|remain|protect|spare|exclu(?!ir)|excep|ignor|skip|untouch|behalt|bleib|ausnahm|geschutzt|gard|conserv|proteg|manten|manter|mantien)/;

/** Words that turn one of the next three around; `no` may be short for number, and turns around the next alone. */
const NEGATION = /^(not|dont|never|without|nicht|keine?|ne|pas|non|nao|sin|sem)$/;

/** Whether a name has such a word, as it stands or turned around: `to be removed`, `not to be removed`. */
function hasWord(name: string, word: RegExp, isNegated: boolean): boolean {
  const words = wordsIn(name);
  return words.some((one, at) => {
    const before = words.slice(Math.max(0, at - 3), at);
    return (
      word.test(one) && isNegated === (before.some((other) => NEGATION.test(other)) || before.at(-1) === 'no')
    );
  });
}

/** Words, folded, that say of what stands below a name that it takes the place of something else, or is what it takes the place of. */
const REPLACING = new RegExp(
  `^(${[
    'replac|success|migrat|mov(e|es|ed|ing)$|chang|swap|switch|substitu|target|destin|new|convert|becom|instead',
    'nachfolg|ersatz|ersetz|migrier|umzieh|umzug|wechsel|tausch|ziel|neu(e|er|es|en)?$',
    'rempla|nouve|cible|migrer',
    'reempla|sustitu|suces|nuev|destino|novo|nova|nuov|sostitu',
  ].join('|')})`,
);

/** Whether a name says that what it holds is what goes: `Wrong Solution`, `zu entfernen`, but not `Do not remove`. */
export function saysGoes(name: string): boolean {
  return hasWord(name, GOING, false) && !hasWord(name, GOING, true);
}

/** Words, folded, that go with one of those and change nothing. */
const BESIDE = /^(to|be|please|pls|it|this|these|zu|bitte|a)$/;

/** Whether a cell says of its row that it goes, and nothing else: `to be removed`, but not `remove later`. */
export function saysGoesAlone(cell: string): boolean {
  const words = wordsIn(cell);
  return (
    words.some((word) => GOING.test(word)) && words.every((word) => GOING.test(word) || BESIDE.test(word))
  );
}

/** Whether a name says that what it holds stays: nobody is told to name it as the one of those that go. */
export function saysStays(name: string): boolean {
  return hasWord(name, STAYING, false) || hasWord(name, GOING, true);
}

/** Whether a name has a word which says that what it holds replaces, or is replaced: `Move to`, `Nachfolger`. */
export function saysReplaces(name: string): boolean {
  return wordsIn(name).some((word) => REPLACING.test(word));
}

/** Whether a cell says of the identifiers in its column which they are: those that go, or those that stay. */
export function saysWhich(cell: string): boolean {
  const name = withoutWhatItIs(cell);
  const isOfPair = OLD_NAME.test(name) || NEW_NAME.test(name) || OTHER_NAMES_OF_PAIRS.has(name);
  return isOfPair || saysGoes(cell) || namesDecision(name) || saysKeep(name);
}
