import { cpus } from 'node:os';

/** Says what is measured and where: figures mean little without. */
export function printTitle(title) {
  const [first] = cpus();
  console.log(
    `\n${title}\nNode ${process.version}, ${cpus().length} cores (${first?.model.trim() ?? 'unknown'})\n`,
  );
}

/**
 * Prints rows of figures under each other, the first row as the header.
 *
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  for (const row of rows) {
    console.log(row.map((cell, column) => aligned(String(cell), widths[column], column)).join('  '));
  }
  console.log();
}

/** The first column is words; the others are figures. */
function aligned(text, width, column) {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

/** @param {string} what @param {boolean} held */
export function printVerdict(what, held) {
  console.log(`${held ? 'met   ' : 'MISSED'}  ${what}`);
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

export function perSecond(count, ms) {
  return Math.round(count / (ms / 1000)).toLocaleString('en');
}
