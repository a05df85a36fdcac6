/**
 * The page's data, as it stands in its script element.
 *
 * @typedef {object} PageData
 * @property {string[]} before names of cells that stand before the results' own, as the user's do
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
 * The names of a row's cells, as results have them: ours has another name where one of those before it is called so.
 *
 * @param {Pick<PageData, 'before' | 'columns'>} data
 * @returns {string[]}
 */
export function headerOf({ before, columns }) {
  /** @param {string} name @returns {string} */
  const free = (name) => (before.includes(name) ? free(`result_${name}`) : name);
  return [...before, ...columns.map(free)];
}

/**
 * Answers which rows are wished for; upper and lower case are alike.
 *
 * @param {string[][]} rows
 * @param {Pick<PageData, 'before' | 'columns'>} data
 * @returns {(wish: Wish) => string[][]}
 */
export function searchIn(rows, { before, columns }) {
  const status = before.length + columns.indexOf('status');
  const exception = before.length + columns.indexOf('exception');
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
