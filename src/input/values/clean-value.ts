/** Unseen at the edges: white space of every kind, zero-width and bidirectional marks, BOMs, and DOS's end of file. */
const EDGE = String.raw`\s\u001a\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff`;
/** Straight and typographic quotes that a copy from a document leaves around a value. */
const QUOTES = String.raw`"\u201c-\u201f\u00ab\u00bb\u2039\u203a\u2018-\u201b\u00b4`;

const LEADING = new RegExp(`^[${EDGE}'${QUOTES}]+`);
const TRAILING = new RegExp(`[${EDGE}${QUOTES}]+$`);

/** `="O123"`: a formula that is nothing but a text, as exports write one to keep Excel from reading a number. */
const TEXT_FORMULA = /^\s*=\s*"([^"]*)"\s*$/;

/**
 * A value without what stands around it: spaces, no-break and zero-width characters, Excel's leading
 * apostrophe, quotes of documents, a formula that only says it is text. Inside, nothing is changed.
 */
export function cleanValue(cell: string): string {
  if (isCleanAtEdges(cell)) return cell;
  const said = TEXT_FORMULA.exec(cell)?.[1];
  if (said !== undefined) return cleanValue(said);
  const start = LEADING.exec(cell)?.[0] ?? '';
  const rest = cell.slice(start.length);
  const value = trimEnd(rest);
  // An apostrophe closes only what one opened: 'O123'
  return start.includes("'") && value.endsWith("'") ? trimEnd(value.slice(0, -1)) : value;
}

/** Most cells are; printable ASCII other than quotes at both ends needs no regular expression. */
function isCleanAtEdges(cell: string): boolean {
  if (cell.length === 0) return true;
  return isPlain(cell.charCodeAt(0)) && isPlain(cell.charCodeAt(cell.length - 1));
}

function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f && code !== 0x22 && code !== 0x27;
}

/** Not a regular expression over the whole cell: `\s+$` is quadratic on a megabyte of spaces. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && TRAILING.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
