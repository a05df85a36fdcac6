import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { onAbort } from '../../model/on-abort.ts';

/**
 * Asks on the terminal. A line feed is the answer where there will be none (Ctrl-D, Ctrl-C): that is no "yes". Rejects with
 * the signal's reason.
 */
export async function ask(question: string, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted();
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stay = signal && onAbort(signal, () => terminal.close());
  // Node either rejects the question then, or leaves it open for good.
  const closed = once(terminal, 'close').then(() => '\n');
  try {
    const answer = await Promise.race([terminal.question(question).catch(() => closed), closed]);
    signal?.throwIfAborted();
    return answer;
  } finally {
    stay?.();
    terminal.close();
  }
}
