import { NOTE_SENTENCES } from './note-sentences.ts';
import type { RowNote } from '../outcome.ts';
import { counted } from './amounts.ts';

/** What a plan says of the rows that have something to consider, by what they have; and what can be done about it. */
const NOTED = {
  unread: {
    noun: 'row',
    words: 'would be sent unseen: the opportunity could not be read, and what it holds is not known',
    advice: 'Plan again once it can be read.',
  },
  last_solution: {
    noun: 'opportunity',
    words: 'would lose the last solution',
    advice: 'The option protect-last keeps it.',
  },
  last_of_type: {
    noun: 'row',
    words: 'would remove an opportunity’s last entity of a type other than solutions',
    advice: 'See whether that is meant.',
  },
  old_absent: {
    noun: 'row',
    words: 'would attach the new one where the old one is not',
    advice: 'See whether that is meant.',
  },
  detach_first: {
    noun: 'replacement',
    words:
      'without a place: the old one would be detached first (the option detach-first), and attached again where the new one is refused',
    advice: 'Without the option detach-first it is left as it is.',
  },
  locked_review: {
    noun: 'row',
    words: 'may be refused: the opportunity is under review',
    advice: 'The option skip-locked leaves it out.',
  },
} as const satisfies Partial<Record<RowNote, { noun: string; words: string; advice: string }>>;

type Noted = keyof typeof NOTED;

const ORDER: readonly Noted[] = [
  'unread',
  'last_solution',
  'last_of_type',
  'old_absent',
  'detach_first',
  'locked_review',
];

/** Nothing is told by such a rehearsal of what the real opportunities hold beside. */
const HOLDS_NAMED_ALONE =
  ': this rehearsal holds nothing but what the rows name (the option emulator-state FILE gives it what there is)';

/** Clauses, each with its rows; `alone`: as `holdsNamedAlone` has it. */
export function planNotes(
  byNote: Readonly<Partial<Record<RowNote, number>>>,
  alone: boolean,
): readonly string[] {
  return ORDER.flatMap((note) => {
    const rows = byNote[note] ?? 0;
    if (rows === 0) return [];
    const { noun, words } = NOTED[note];
    return [`${counted(rows, noun)} ${words}${behind(note, rows, alone)}`];
  });
}

function behind(note: Noted, rows: number, alone: boolean): string {
  if (note === 'detach_first') return `: up to ${counted(rows, 'write')} more`;
  if (note !== 'last_solution' && note !== 'last_of_type') return '';
  if (alone) return HOLDS_NAMED_ALONE;
  return note === 'last_solution' ? ' (the option protect-last keeps it)' : '';
}

/** Whether a run was a rehearsal whose emulator was told of nothing but its rows. */
export function holdsNamedAlone(
  endpoint: string | undefined,
  options: Readonly<Record<string, unknown>> | null | undefined,
): boolean {
  return endpoint === 'emulator' && options?.['emulatorState'] === undefined;
}

/** What can be done about a row of a plan, by its message; empty where there is nothing. */
export function noteAdvice(message: string): string {
  const lines = new Set(message.split('\n'));
  return ORDER.filter((note) => lines.has(NOTE_SENTENCES[note]))
    .map((note) => NOTED[note].advice)
    .join(' ');
}
