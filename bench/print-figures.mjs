import { cpus, platform, release } from 'node:os';

/** Says what is measured and where: figures mean little without. */
export function printTitle(title) {
  console.log(`\n${title}\n${machineLine()}\n`);
}

export function machineLine() {
  const [first] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, Node ${process.version}, ${cpus().length} cores (${first?.model.trim() ?? 'unknown'}), ${platform()} ${release().split('-')[0]}`;
}

/**
 * Rows of figures as a table of Markdown that can be read as it is, the first row as the header.
 *
 * @param {readonly (readonly (string | number)[])[]} rows
 */
export function tableOf(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const [header, ...others] = rows.map(
    (row) => `| ${row.map((cell, column) => aligned(String(cell), widths[column], column)).join(' | ')} |`,
  );
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [header, `| ${rule.join(' | ')} |`, ...others].join('\n');
}

/** Prints them. */
export function printTable(rows) {
  console.log(`${tableOf(rows)}\n`);
}

/** The first column is words; the others are figures. */
function aligned(text, width, column) {
  return column === 0 ? text.padEnd(width) : text.padStart(width);
}

/** @param {string} what @param {boolean} held */
export function printVerdict(what, held) {
  console.log(verdictOf(what, held));
}

/** @param {string} what @param {boolean} held */
export function verdictOf(what, held) {
  return `${held ? 'met   ' : 'MISSED'}  ${what}`;
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}

export function perSecond(count, ms) {
  return Math.round(count / (ms / 1000)).toLocaleString('en');
}

/** @param {readonly number[]} values */
export function medianOf(values) {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function megabytes(mb) {
  return mb === undefined ? '-' : `${mb.toFixed(0)} MB`;
}
