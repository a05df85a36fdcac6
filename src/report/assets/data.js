/**
 * The page's data, as it stands in its script element.
 *
 * @typedef {object} PageData
 * @property {string[]} own the user's own columns, which stand first
 * @property {number[]} telling which of these say what the results' own don't
 * @property {string[]} since those that tell what became of rows since; none where nothing did
 * @property {string[]} columns the results' own
 * @property {string[]} texts texts that stand in more than one cell
 * @property {(string | number)[][]} rows a cell is its text, or the place of it in `texts`
 * @property {string[]} points what each stretch of the chart says
 */

/**
 * The rows that are looked for: all of whose conditions hold; an empty one always does.
 *
 * @typedef {object} Wish
 * @property {string} text
 * @property {string} status
 * @property {string} exception
 */

/**
 * @param {PageData} data
 * @returns {string[][]}
 */
export function rowsOf({ rows, texts }) {
  return rows.map((row) => row.map((cell) => (typeof cell === 'number' ? (texts[cell] ?? '') : cell)));
}

/**
 * Rows as results have them, with their header: ours has another name where one of those before it is called so. Columns before ours
 * are the user's, and say what was meant: where the page has none of his, it gives none beside ours.
 *
 * @param {Pick<PageData, 'own' | 'since' | 'columns'>} data
 * @param {string[][]} rows
 * @returns {string[][]}
 */
export function asResults({ own, since, columns }, rows) {
  const before = own.length === 0 ? [] : [...own, ...since];
  const from = own.length === 0 ? since.length : 0;
  /** @param {string} name @returns {string} */
  const free = (name) => (before.includes(name) ? free(`result_${name}`) : name);
  return [[...before, ...columns.map(free)], ...rows.map((row) => row.slice(from))];
}

/**
 * Answers which rows are wished for; upper and lower case are alike.
 *
 * @param {string[][]} rows
 * @param {Pick<PageData, 'own' | 'since' | 'columns'>} data
 * @returns {(wish: Wish) => string[][]}
 */
export function searchIn(rows, { own, since, columns }) {
  const before = own.length + since.length;
  const status = before + columns.indexOf('status');
  const exception = before + columns.indexOf('exception');
  const texts = rows.map((row) => row.join('\n').toLowerCase());
  return (wish) => {
    const text = wish.text.trim().toLowerCase();
    return rows.filter(
      (row, index) =>
        (wish.status === '' || row[status] === wish.status) &&
        (wish.exception === '' || row[exception] === wish.exception) &&
        (text === '' || texts[index]?.includes(text)),
    );
  };
}

/**
 * How many of all rows these are, and, where something became of rows since, how many of them are to be looked at.
 *
 * @param {string[][]} found
 * @param {Pick<PageData, 'own' | 'since'> & { readonly rows: readonly unknown[] }} data
 */
export function foundWords(found, { own, since, rows }) {
  const number = (/** @type {number} */ value) => value.toLocaleString('en-US');
  const all = `${number(found.length)} of ${number(rows.length)} rows`;
  if (since.length === 0) return all;
  const seen = found.filter((row) => row[own.length + since.indexOf('since')] !== '').length;
  return `${all}: ${number(found.length - seen)} to look at, ${number(seen)} done or taken back since`;
}

/**
 * Spells out what can't be seen: controls, and marks that turn the direction of what follows.
 *
 * @param {string} text
 */
export function visible(text) {
  return text.replaceAll(
    // eslint-disable-next-line no-control-regex -- control characters are what it looks for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
