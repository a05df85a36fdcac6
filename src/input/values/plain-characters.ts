import { ENTITY_ID_MAX_LENGTH } from '../../model/entity.ts';
import { cleanValue } from './clean-value.ts';

/**
 * Characters that no one sees or no one means: in the middle of an identifier they make it another. Controls, what
 * is ignored where it is shown, all white space but the plain one, the blank of Braille, and what has no meaning.
 */
export const HIDDEN_ALL: RegExp =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
export const HIDDEN: RegExp = new RegExp(HIDDEN_ALL, 'u');
/** Spares nearly all values the look for those. */
export const PLAIN: RegExp = /^[!-~]*$/;
/** Of these, characters without any width; `HIDDEN_ALL` has spaces and controls too. */
const WIDTHLESS = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
/** Controls may separate two values: spreadsheets break a line in a cell with one, and databases join lists with others. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/u;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/** All but what a slip of the hand or an export puts into a value or behind it. */
const PEOPLES_MARK = /[^\p{L}\p{N}\s\p{Pd}_.,;:'"’]|^\s*[\p{Pd}.:]/u;
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/** A value without what can't be seen, its full-width forms in ASCII. */
export function asSeen(value: string): string {
  return value.normalize('NFKC').replaceAll(UNSEEN, '');
}

/** Whether a value bears a mark that may say it is not, or not yet, meant: `#Solutions`, `~~O100~~`, `O100?`. */
export function hasPeoplesMark(value: string): boolean {
  return PEOPLES_MARK.test(asSeen(value));
}

/**
 * The value as it is seen, in ASCII as far as look-alikes go (full-width forms, typographic dashes, Cyrillic and Greek
 * letters). `undefined` where it is several values with a control character between them: these are never joined.
 */
export function seenAsAscii(value: string): string | undefined {
  const start = value.slice(0, ENTITY_ID_MAX_LENGTH);
  if (PLAIN.test(start)) return cleanValue(start);
  const [seen, other] = start
    .split(CONTROLS)
    .map(asciiOf)
    .filter((part) => part !== '');
  return other === undefined ? (seen ?? '') : undefined;
}

function asciiOf(text: string): string {
  return cleanValue(
    text
      .normalize('NFKC')
      .replaceAll(WIDTHLESS, '')
      .replaceAll(HIDDEN_ALL, ' ')
      .replaceAll(DASHES, '-')
      .replaceAll(/[\u041e\u039f]/g, 'O')
      .replaceAll(/[\u043e\u03bf]/g, 'o')
      .replaceAll('\u0405', 'S'),
  );
}

/** Marks of doubt or negation, or of a line that was set aside, commented out or struck; a list of one, as programs write it, has quotes in it. */
const NOT_MEANT = /^\s*(?:[#\p{Pd}]|\/\/|[([{](?!\s*["']))|[!?~*≠¬×✗✘\p{M}]/u;
const DENYING =
  /(?<![\p{L}\p{N}])(?:not?|nicht|non|kein\p{L}*|never|x|ex|old|former|except)(?![\p{L}\p{N}.])/iu;

/** Whether a value has such a mark, or a word that denies it: `#O100`, `not Solutions`. */
export function marksAsNotMeant(value: string): boolean {
  const seen = asSeen(value);
  return NOT_MEANT.test(seen) || DENYING.test(seen);
}
