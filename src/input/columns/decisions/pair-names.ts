import { folded, namesDecision, saysKeep, withoutWhatItIs } from './decision-names.ts';

/** Names, folded, of the two columns of a pair: what goes, and what takes its place. */
export const OLD_NAME: RegExp =
  /^(old|from|existing|previous|retired?|legacy|source|before|origin|obsolete|deprecated|predecessor|replaces$|insteadof|was$|drop|remove)/;
export const NEW_NAME: RegExp =
  /^(new|to$|with$|replacement(?!of|for)|replace(d?by|with)|successor|target|destination|after|now$|keep|use)/;

/** More of them. A map of pairs under such alone is refused where it may be read backwards. */
const OTHER_NAMES_OF_PAIRS = folded([
  'alt',
  'neu',
  'bisher',
  'bleibt',
  'entfällt',
  'stays',
  'goes',
  'current',
  'ancien',
  'nouveau',
  'antiguo',
  'nuevo',
  'antigo',
  'novo',
  'vecchio',
  'nuovo',
]);

/** Whether a cell says of the identifiers in its column which they are: those that go, or those that stay. */
export function saysWhich(cell: string): boolean {
  const name = withoutWhatItIs(cell);
  const isOfPair = OLD_NAME.test(name) || NEW_NAME.test(name) || OTHER_NAMES_OF_PAIRS.has(name);
  return isOfPair || namesDecision(name) || saysKeep(name);
}
