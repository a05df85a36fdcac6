import { foldName } from '../../values/fold-name.ts';
import { wholly } from './keeping-words.ts';

/** Folded: the same answer in other words. */
const YES = wholly(['y|yes|yep|true|t|x|1|ja|j|oui|o|si|s|sim|ok|tak|ano|да|evet|예|네|はい|是|有']);
const NO = wholly([
  'n|no|nope|false|f|0|nein|non|nao|nee|nej|nei|nie|ne|нет|hayır|아니오|아니요|いいえ|否|无|不',
]);

/** The answer that a cell gives to the question in its column's name. */
export function answerIn(value: string): 'yes' | 'no' | undefined {
  const folded = foldName(value);
  if (YES.test(folded) || /^[+✓✔☑✅○◯〇⭕]\uFE0F?$/u.test(value)) return 'yes';
  return NO.test(folded) || /^[-–✗✘☐×✕✖❌]\uFE0F?$/u.test(value) ? 'no' : undefined;
}

/** Whether the values of a column are answers, some of them yes and some no, as which an empty cell may count. */
export function areAnswers(values: readonly string[], isEmptyNo: boolean): boolean {
  const told = isEmptyNo ? values : values.filter((value) => value !== '');
  const answers = new Set(told.map((value) => (value === '' ? 'no' : answerIn(value))));
  return answers.has('yes') && answers.has('no') && !answers.has(undefined);
}

/** Words that somebody has written, rather than a number or a sign. */
const WRITTEN = /\p{L}{2}.*|\P{ASCII}{2}/u;

/** What stands in one of the few cells of a column that are not empty, where so few are that it may be a note about its row. */
export function noteAmong(values: readonly string[]): string | undefined {
  const filled = values.filter((value) => value !== '');
  const isFew = values.length > 1 && (filled.length === 1 || filled.length * 10 <= values.length);
  return isFew ? filled.find((value) => WRITTEN.test(value)) : undefined;
}
