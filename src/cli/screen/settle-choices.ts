import { showValue } from '../../input/values/show-value.ts';
import { openInput, type InputOptions } from '../../input/open-input.ts';
import type { RunError } from '../../model/run-error.ts';
import { stopOf } from '../../model/run-error.ts';
import {
  choiceTaken,
  choiceTyped,
  choiceWords,
  describeChoice,
  openChoice,
  type OpenChoice,
} from '../words/hints/describe-choice.ts';
import type { Terminal } from '../process/terminal.ts';

/** An input in which two columns or sheets may be meant. */
export interface ChoosyInput {
  /** Its name in the question. */
  readonly name: string;
  /** Reads as much of it as shows what is meant; rejects with a `RunError` where that can't be told. */
  readonly look: (options: InputOptions) => Promise<void>;
  /** The options of the run that goes on, which asked for them before; `undefined` where none does. */
  readonly earlier?: () => Promise<InputOptions | undefined>;
}

/** The options with all that was chosen, and the words of a command line that say what was chosen. */
export interface Settled {
  readonly options: InputOptions;
  readonly words: readonly string[];
}

const OPTIONS = {
  opportunity: 'opportunityColumn',
  type: 'typeColumn',
  entity: 'entityColumn',
  replacement: 'replaceColumn',
  sheet: 'sheet',
} as const satisfies Readonly<Record<OpenChoice['of'], keyof InputOptions>>;

/**
 * Settles which column or sheet is meant where several may be: as the run that goes on was told, or as somebody answers in the
 * terminal. Where nobody does, or the input is refused for something else, the options are as they were: whoever reads it says why.
 */
export async function settleChoices(
  input: ChoosyInput,
  options: InputOptions,
  terminal: Pick<Terminal, 'canAsk' | 'ask' | 'err'>,
  signal?: AbortSignal,
): Promise<Settled> {
  let settled: Settled = { options, words: [] };
  if (!terminal.canAsk && input.earlier === undefined) return settled;
  const answered = new Set<OpenChoice['of']>();
  for (;;) {
    const choice = await choiceIn(input, settled.options);
    // What was chosen may be refused in its turn: then nobody is asked again and again.
    if (choice === undefined || answered.has(choice.of)) return settled;
    const earlier = (await input.earlier?.())?.[OPTIONS[choice.of]];
    const value =
      earlier ?? (terminal.canAsk ? await asked(choice, input.name, terminal, signal) : undefined);
    if (value === undefined) return settled;
    answered.add(choice.of);
    settled = {
      options: { ...settled.options, [OPTIONS[choice.of]]: value },
      words: [...settled.words, ...choiceWords(choice, value)],
    };
  }
}

/** A look at an input's beginning; `bytes` are asked for anew each time. */
export function lookAt(
  name: string,
  bytes: () => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>,
): ChoosyInput['look'] {
  return async (options) => {
    const opened = await openInput({ name, bytes: await bytes() }, options);
    await opened.close();
  };
}

async function choiceIn({ look }: ChoosyInput, options: InputOptions): Promise<OpenChoice | undefined> {
  try {
    await look(options);
    return undefined;
  } catch (error) {
    const refusal: RunError | undefined = stopOf(error);
    const choice = refusal && openChoice(refusal);
    // Of several columns one answer would not do.
    return choice?.of === 'entity' && options.entityColumns !== undefined ? undefined : choice;
  }
}

/** An empty line leaves it. */
async function asked(
  choice: OpenChoice,
  name: string,
  { ask, err }: Pick<Terminal, 'ask' | 'err'>,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  err(describeChoice(choice, name));
  for (;;) {
    const answer = await ask('Its number, or Enter to leave it: ', signal);
    if (answer.trim() === '') return undefined;
    const chosen = choiceTyped(choice, answer);
    if (chosen === undefined) {
      err(`${showValue(answer.trim())} is none of them.\n`);
      continue;
    }
    err(choiceTaken(choice, chosen.value));
    return chosen.value;
  }
}
