const SKIPPED = String.raw`\s\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff`;
const SIGN = String.raw`[=+\-@\uff1d\uff0b\uff0d\uff20]`;
const FORMULA_START = new RegExp(`^[${SKIPPED}]*${SIGN}`, 'u');
// eslint-disable-next-line no-control-regex -- a cell that begins with one is what it looks for
const CONTROL_START = /^[\t\r\n\0]/u;
const BEHIND_SEPARATOR = new RegExp(String.raw`(?=${SIGN})(?<=[,;|\t\r\n]["${SKIPPED}]*)`, 'gu');
const GUARD_WITHIN = new RegExp(String.raw`(?<=[,;|\t\r\n]["${SKIPPED}]*)'(?=${SIGN})`, 'gu');

/**
 * As the results' own cells are: no spreadsheet reads the cell, or a piece of it, as a formula.
 *
 * @param {string} cell
 */
export function defuse(cell) {
  const safe = cell.replaceAll(BEHIND_SEPARATOR, "'");
  return FORMULA_START.test(cell) || CONTROL_START.test(cell) ? `'${safe}` : safe;
}

/**
 * A cell as it was before it was defused, for a page: no apostrophe that only a spreadsheet needs, and line ends of one kind. One that
 * was not defused stays as it is.
 *
 * @param {string} cell
 */
export function asSaid(cell) {
  const within = cell.replaceAll(GUARD_WITHIN, '');
  const said = [within.replace(/^'/, ''), within].find((text) => defuse(text) === cell) ?? cell;
  return said.replaceAll(/\r\n?/g, '\n');
}

/**
 * The rows, of which the first is their header: itself a results file, which oppsweep takes as input.
 *
 * @param {string[][]} rows
 */
export function csvOf(rows) {
  return rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** @param {string} cell */
function csvCell(cell) {
  const safe = defuse(cell);
  return /[",;|\t\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
