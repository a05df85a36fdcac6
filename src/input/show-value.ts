const SHOWN_LENGTH = 60;

/**
 * Characters that a terminal obeys or an eye can't see: C0 and C1 controls, soft hyphen, no-break and
 * other odd spaces, zero-width and bidirectional marks, byte order marks, lone surrogates.
 */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u115f\u1160\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A value as a message shows it: quoted, shortened, and harmless to a terminal. */
export function showValue(value: string): string {
  const short = value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value;
  return `"${short.replace(UNSAFE, escape)}"`;
}

function escape(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x0a) return String.raw`\n`;
  if (code === 0x0d) return String.raw`\r`;
  if (code === 0x09) return String.raw`\t`;
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
