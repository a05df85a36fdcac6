const SHOWN_LENGTH = 60;

/**
 * Characters that a terminal obeys or an eye can't see: controls, format and bidirectional marks, what is ignored
 * where it is shown, every space but the plain one, the blank of Braille, what has no meaning, lone surrogates.
 */
export const UNSAFE: RegExp =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;

/** A value as a message shows it: quoted, shortened, and harmless to a terminal. */
export function showValue(value: string): string {
  return showWhole(value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value);
}

/** The same of any length. */
export function showWhole(value: string): string {
  return `"${value.replace(UNSAFE, escape)}"`;
}

function escape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x0a) return String.raw`\n`;
  if (code === 0x0d) return String.raw`\r`;
  if (code === 0x09) return String.raw`\t`;
  const digits = code.toString(16).padStart(4, '0');
  return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`;
}
