/** White space and invisible characters that spreadsheets skip before they look for a formula. */
const SKIPPED = String.raw`\s\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff`;
/** A formula's first character; the full-width forms count in East Asian spreadsheets. */
const SIGN = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20]`;

const FORMULA_START = new RegExp(`^[${SKIPPED}]*${SIGN}`, 'u');
const CONTROL_START = /^[\t\r\n\0]/u;
/** What most cells are, and what needs no other look: neither a sign nor a separator stands where a formula could begin. */
const PLAIN = /^\w[\w.:/ -]*$/u;
/** The sign is looked for first: a look back from each of a megabyte of spaces would take minutes. */
const BEHIND_SEPARATOR = new RegExp(String.raw`(?=${SIGN})(?<=[,;|\t\r\n]["${SKIPPED}]*)`, 'gu');

/**
 * Keeps a spreadsheet from reading a cell, or a piece of it, as a formula, by the apostrophe that means "text". Pieces,
 * since a file may be opened with another separator than its own: `x;=1+1` is then two cells.
 * Source: OWASP, CSV Injection.
 */
export function defuse(cell: string): string {
  if (cell === '' || PLAIN.test(cell)) return cell;
  const safe = cell.replaceAll(BEHIND_SEPARATOR, "'");
  return FORMULA_START.test(cell) || CONTROL_START.test(cell) ? `'${safe}` : safe;
}
