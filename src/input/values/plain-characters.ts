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
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;

/** Look-alike characters (full-width forms, typographic dashes, Cyrillic and Greek letters) as ASCII. */
export function seenAsAscii(value: string): string {
  const start = value.slice(0, ENTITY_ID_MAX_LENGTH);
  if (PLAIN.test(start)) return cleanValue(start);
  return cleanValue(
    start
      .normalize('NFKC')
      .replaceAll(HIDDEN_ALL, ' ')
      .replaceAll(DASHES, '-')
      .replaceAll(/[\u041e\u039f]/g, 'O')
      .replaceAll(/[\u043e\u03bf]/g, 'o')
      .replaceAll('\u0405', 'S'),
  );
}
