import type { Clock } from '../../model/clock.ts';
import type { EventHook } from '../process/event-hook.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { span } from '../words/amounts.ts';

/** How long the shell line may take for one event, and for all that are left once the run has ended. */
export const HOOK_TIMEOUT_MS = 30_000;

/** So long nobody minds. */
const UNTOLD_MS = 1_000;

/** Waits for the events that are left; says so where that takes long, and lets a stop signal end it at once. */
export async function endHook(
  hook: Pick<EventHook, 'drained'>,
  { clock, onStopSignal }: Pick<ProcessContext, 'onStopSignal'> & { readonly clock: Pick<Clock, 'sleep'> },
  say: (words: string) => void,
): Promise<void> {
  const giveUp = new AbortController();
  const over = new AbortController();
  onStopSignal(() => giveUp.abort());
  const wait = async (): Promise<void> => {
    await clock.sleep(UNTOLD_MS, over.signal);
    const most = span(HOOK_TIMEOUT_MS - UNTOLD_MS);
    say(`Waiting for the command of --on-event to end, for ${most} at most; Ctrl-C ends it at once.\n`);
    await clock.sleep(HOOK_TIMEOUT_MS - UNTOLD_MS, over.signal);
    giveUp.abort();
  };
  void wait().catch(() => undefined);
  const untold = await hook.drained(giveUp.signal);
  over.abort();
  if (untold.length > 0)
    say(`The command of --on-event was ended before it had been told of: ${untold.join(', ')}.\n`);
}
