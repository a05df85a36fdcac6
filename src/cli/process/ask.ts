import { once } from 'node:events';
import { onAbort } from '../../model/on-abort.ts';
import { RunError } from '../../model/run-error.ts';

/**
 * Asks on the terminal. The answer is empty where there will be none (Ctrl-D): that is no "yes".
 *
 * @throws RunError `interrupted` at Ctrl-C; the signal's reason
 */
export async function ask(question: string, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stay = signal && onAbort(signal, () => terminal.close());
  let answer: string | undefined;
  terminal.once('close', () => {
    // The cursor still stands behind the question.
    if (answer === undefined) process.stderr.write('\n');
  });
  // Node either rejects the question at its close, or leaves it open for good.
  const closed = once(terminal, 'close').then(() => '');
  let interrupted = false;
  // While keys are read one by one, this one sends no signal.
  terminal.once('SIGINT', () => {
    interrupted = true;
    terminal.close();
  });
  // Behind Ctrl-Z and fg it would hear nobody, and the process end for want of anything to wait for.
  terminal.on('SIGCONT', () => terminal.resume());
  try {
    answer = await Promise.race([terminal.question(question).catch(() => closed), closed]);
    signal?.throwIfAborted();
    if (interrupted)
      throw new RunError('interrupted', 'It was stopped by Ctrl-C at the question.', { code: 'asks_again' });
    return answer;
  } finally {
    stay?.();
    terminal.close();
  }
}
