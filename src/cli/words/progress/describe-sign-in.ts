import type { RunError } from '../../../model/run-error.ts';
import { about, span } from '../amounts.ts';
import { shellWords } from '../hints/shell-words.ts';

/** The sign-in has ended, and a new one is waited for. */
export function signInWords(why: RunError | undefined, waitMs: number): string {
  const what =
    why === undefined ? 'The service does not accept the credentials.' : why.message.replace(/\.?$/, '.');
  return (
    `${what} No call leaves until there is a new sign-in; it is looked for each minute, for ${span(waitMs)} at most.` +
    `${signInCommand(why)}\n`
  );
}

export function signInBackWords(lastedMs: number): string {
  return `There is a new sign-in after ${span(lastedMs)}: it goes on with that.\n`;
}

export interface SignInEnd {
  readonly endsAtMs: number;
  readonly finishMs: number;
  /** Hours, where a new sign-in will be waited for. */
  readonly waits: number | undefined;
  readonly nowMs: number;
}

/** A word at the start: the sign-in ends before the run does. */
export function signInEndsWords({ endsAtMs, finishMs, waits, nowMs }: SignInEnd): string {
  const then =
    waits === undefined
      ? 'Without a new one the run stops then, and the same command goes on; with --wait-for-credentials HOURS it waits.'
      : `The run then waits for a new one, for ${span(waits * 3_600_000)} at most.`;
  const ends = endsAtMs <= nowMs ? 'has ended' : `ends in ${span(endsAtMs - nowMs)}`;
  return `The sign-in ${ends}, and the run takes ${about(finishMs - nowMs)}. ${then}\n`;
}

function signInCommand(why: RunError | undefined): string {
  const advice = why?.advice;
  if (advice?.code !== 'sign_in') return '';
  const { command, profile } = advice;
  return ` Sign in: ${command}${profile === undefined ? '' : ` --profile ${shellWords([profile])}`}`;
}
