// White space and invisible characters that spreadsheets skip before they look for a formula.
const FORMULA_START =
  /^[\s\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]/u;
const CONTROL_START = /^[\t\r\n\0]/u;

/**
 * Keeps a spreadsheet from reading a cell as a formula, by the apostrophe that means "text".
 * Source: OWASP, CSV Injection.
 */
export function defuse(cell: string): string {
  return FORMULA_START.test(cell) || CONTROL_START.test(cell) ? `'${cell}` : cell;
}
