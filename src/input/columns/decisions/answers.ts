import { foldName } from '../../values/fold-name.ts';

/** Folded: the same answer in other words. */
const YES = /^(y|yes|yep|true|t|x|1|ja|j|oui|o|si|s|sim|ok|はい|是|有)$/;
const NO = /^(n|no|nope|false|f|0|nein|non|nao|いいえ|否|无|不)$/;

/** The answer that a cell gives to the question in its column's name. */
export function answerIn(value: string): 'yes' | 'no' | undefined {
  const folded = foldName(value);
  if (YES.test(folded) || /^[+✓✔☑]$/.test(value)) return 'yes';
  return NO.test(folded) || /^[-–✗✘☐]$/.test(value) ? 'no' : undefined;
}

/** Whether the values of a column are answers, some of them yes and some no. */
export function areAnswers(values: readonly string[]): boolean {
  const answers = new Set(values.filter((value) => value !== '').map(answerIn));
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
