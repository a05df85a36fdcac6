import type { Advice } from '../../../model/advice.ts';
import type { RunError } from '../../../model/run-error.ts';
import type { Hints } from './hint-table.ts';
import { COMMAND_HINTS } from './command-hints.ts';
import { INPUT_HINTS } from './input-hints.ts';
import { SERVICE_HINTS } from './service-hints.ts';
import { GO_ON, REHEARSE, SAME_COMMAND, STOP_CODES } from './stop-codes.ts';
import { STORE_HINTS } from './store-hints.ts';

const HINTS: Hints<Advice> = { ...INPUT_HINTS, ...STORE_HINTS, ...SERVICE_HINTS, ...COMMAND_HINTS };

/** The next step, in the command line's words. */
export function hintOf({ code, advice }: Pick<RunError, 'code' | 'advice'>): string {
  return advice === undefined ? hintOfCode(code) : adviceWords(advice);
}

/** The same of a command that goes on with nothing and rehearses nothing. Empty where nothing is left. */
export function hintOfLook(error: Pick<RunError, 'code' | 'advice'>): string {
  return ofLook(hintOf(error));
}

function ofLook(hint: string): string {
  return [GO_ON, SAME_COMMAND, REHEARSE].reduce((words, part) => words.replace(part, ''), hint).trim();
}

/** The same above a line with the command that goes on: then the hint need not tell of it. Empty where nothing is left. */
export function hintLines(reason: Pick<RunError, 'code' | 'advice'>): string[] {
  const hint = [GO_ON, SAME_COMMAND].reduce((words, part) => words.replace(part, ''), hintOf(reason)).trim();
  return hint === '' ? [] : [hint];
}

/** A journal of a later version may hold a code that this one doesn't know: of it there is nothing to say. */
function hintOfCode(code: RunError['code']): string {
  return Object.hasOwn(STOP_CODES, code) ? STOP_CODES[code].hint : '';
}

function adviceWords(advice: Advice): string {
  if (!Object.hasOwn(HINTS, advice.code)) return '';
  // Each function takes the facts of its own code, which is the one it is found by.
  const words = HINTS[advice.code] as (facts: Advice) => string;
  const also = 'also' in advice ? (advice.also ?? []) : [];
  // Of what had not begun.
  return [words(advice), ...new Set(also.map((one) => ofLook(adviceWords(one))))].join('\n');
}
