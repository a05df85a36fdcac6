import type { ColumnRole, Choice, InputAdvice } from '../../../model/advice.ts';
import type { RunError } from '../../../model/run-error.ts';
import { shellWords } from './shell-words.ts';
import { COLUMN_OPTIONS } from './column-options.ts';

/** One of several columns, or sheets, that an input was refused for want of. */
export interface OpenChoice {
  /** A column's part, or the sheet. */
  readonly of: ColumnRole | 'sheet';
  readonly choices: readonly Choice[];
}

/** The choice that would settle an error, if one would. */
export function openChoice({ advice }: Pick<RunError, 'advice'>): OpenChoice | undefined {
  if (advice === undefined || !('choices' in advice) || advice.choices === undefined) return undefined;
  const { choices } = advice;
  return choices.length === 0 ? undefined : { of: partOf(advice), choices };
}

function partOf(advice: Extract<InputAdvice, { readonly choices?: readonly Choice[] }>): OpenChoice['of'] {
  return advice.code === 'choose_sheet' ? 'sheet' : advice.role;
}

const QUESTIONS: Readonly<Record<OpenChoice['of'], string>> = {
  opportunity: 'Which column holds the opportunities?',
  type: 'Which column holds the entity types?',
  entity: 'Which column holds the identifiers of the entities?',
  replacement: 'Which column holds the replacements?',
  sheet: 'Which sheet is meant?',
};

/** The question, and a line for each answer, numbered as the file's own columns or sheets are. `input`: the file's name. */
export function describeChoice({ of, choices }: OpenChoice, input: string): string {
  const numbers = Math.max(...choices.map(({ position }) => String(position).length));
  const names = Math.max(...choices.map(({ name }) => name.length));
  const lines = choices.map(({ position, name, holds }) =>
    `  ${String(position).padStart(numbers)}  ${name.padEnd(names)}  ${holds.join(', ')}`.trimEnd(),
  );
  return `${[`${input}: ${QUESTIONS[of]}`, ...lines].join('\n')}\n`;
}

/** The answer that was typed: a number of the list, or what the option would take. */
export function choiceTyped({ choices }: OpenChoice, typed: string): Choice | undefined {
  const answer = typed.trim();
  return choices.find(({ position, value }) => answer === String(position) || answer === value);
}

/** The words of a command line that say the same. */
export function choiceWords({ of }: OpenChoice, value: string): readonly string[] {
  return [of === 'sheet' ? '--sheet' : COLUMN_OPTIONS[of], value];
}

/** The same for whoever wants to paste it the next time. */
export function choiceTaken(choice: OpenChoice, value: string): string {
  return `As an option: ${shellWords(choiceWords(choice, value))}\n`;
}
