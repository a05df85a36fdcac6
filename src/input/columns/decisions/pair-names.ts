import { folded, namesDecision, saysKeep, withoutWhatItIs, wordsIn } from './decision-names.ts';

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
    'antig|elimin|borrar|quitar|equivocad|excluir|vecchi|sbagliat|errat|rimuov',
  ].join('|')})`,
);

/** Whether a name has a word which says that what it holds is what goes: `Wrong Solution`, `zu entfernen`. */
export function saysGoes(name: string): boolean {
  return wordsIn(name).some((word) => GOING.test(word));
}

/** Whether a cell says of the identifiers in its column which they are: those that go, or those that stay. */
export function saysWhich(cell: string): boolean {
  const name = withoutWhatItIs(cell);
  const isOfPair = OLD_NAME.test(name) || NEW_NAME.test(name) || OTHER_NAMES_OF_PAIRS.has(name);
  return isOfPair || saysGoes(cell) || namesDecision(name) || saysKeep(name);
}
