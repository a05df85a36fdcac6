import { cleanValue } from '../values/clean-value.ts';
import { excelDamage } from '../values/excel-damage.ts';
import { looksLikeIdentifier, looksLikeOpportunity } from '../values/identifier-shape.ts';

/** Words that open the lines a report ends in. */
const FOOTER_WORDS =
  /^((grand |sub)?totals?\b|sum\b|count\b|records?\b|rows?\b|report\b|generated\b|exported\b|created\b|printed\b|confidential\b|copyright\b|©|\(c\)|source:|note:|end of (report|file)|gesamt|summe|total général)/i;

/** Lines that a report ends in are few; more than this are rows that went wrong. */
export const MOST_FOOTER_LINES = 25;

/** Facts that decide whether a row may be a report's footer. */
export interface FooterEvidence {
  readonly opportunity: string;
  readonly entity: string;
  readonly record: readonly string[];
  /** A blank row, or another footer line, stands just above. */
  readonly setApart: boolean;
}

/** An identifier, or what was or is meant as one, in a text; of digits alone, more than a year or a day has. */
const IDENTIFIER_WITHIN =
  /(?<![A-Za-z0-9])(O[-#:_ ]{0,2}[0-9]{2,}|S[-_ ]?[0-9]{3,})|[0-9]{5,}|arn:aws|(?<![a-z])(offer|offerset|soln|prod)-/i;

/** Digits and what parts them, of no identifier's length. */
const SUM = /^([0-9]{1,4}([.,'][0-9]{1,4})*%?)?$/;

/** Of any length, with a currency or without: beside `Total` it is one. */
const AMOUNT = /^([A-Z]{3} )?[^\p{L}]+( ?[A-Z]{3})?$/u;

/** Whether an entity is none: no value, or one that may be a sum or a count, in its column by chance. */
export function mayBeNone(value: string): boolean {
  return SUM.test(value);
}

/**
 * Whether a row may be a line below the table (`Total`, `Copyright …`) rather than one of its rows: it has
 * neither an opportunity nor an identifier (a sum is none), and stands apart or says so. It is one only if no row follows.
 */
export function mayBeFooter({ opportunity, entity, record, setApart }: FooterEvidence): boolean {
  const isSum = FOOTER_WORDS.test(opportunity) && mayBeNone(entity);
  if (opportunity !== '' && entity !== '' && !isSum) return false;
  if (looksLikeOpportunity(opportunity) || looksLikeIdentifier(entity)) return false;
  if (excelDamage(opportunity) !== undefined || excelDamage(entity) !== undefined) return false;
  const filled = record.map(cleanValue).filter((cell) => cell !== '');
  const saysSo = FOOTER_WORDS.test(filled[0] ?? '');
  if (filled.some((cell) => IDENTIFIER_WITHIN.test(cell) && !(saysSo && AMOUNT.test(cell)))) return false;
  return saysSo || (setApart && filled.length <= 2);
}

/**
 * The text of a row that holds nothing else but counts and sums, as a heading inside a table does; what was meant as an identifier is
 * none, nor is a line of totals.
 */
export function headingIn(record: readonly string[]): string | undefined {
  const [text = '', ...others] = record.map(cleanValue).filter((cell) => cell !== '');
  const isText = /\p{L}/u.test(text) && !IDENTIFIER_WITHIN.test(text) && !looksLikeIdentifier(text);
  const isAlone = others.length === 0 || (others.every(isAmount) && !FOOTER_WORDS.test(text));
  return isText && isAlone && !looksLikeOpportunity(text) ? text : undefined;
}

function isAmount(cell: string): boolean {
  return SUM.test(cell.replaceAll(/[\p{Sc}\s]/gu, ''));
}
