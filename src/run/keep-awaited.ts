import type { SignInNews } from '../calls/stop/await-sign-in.ts';
import type { OutageNews } from '../calls/stop/inquire.ts';
import type { Clock } from '../model/clock.ts';
import type { Awaited } from '../store/journal-line.ts';
import type { JournalWriter } from '../store/run-store.ts';

type WaitNews = OutageNews & SignInNews;

/** Follows what all rows of a session wait for. */
export interface AwaitedKeeper {
  /** Tells the session's own listener the same. */
  readonly news: WaitNews;
  readonly now: () => Awaited | undefined;
}

/** Each change is noted in the journal, so that another terminal can tell it. */
export function keepAwaited(
  { note }: Pick<JournalWriter, 'note'>,
  { wallMs }: Pick<Clock, 'wallMs'>,
  told: WaitNews,
): AwaitedKeeper {
  const waits = new Map<Awaited['what'], Awaited>();
  const now = (): Awaited | undefined => [...waits.values()].at(-1);
  const noteNow = (): void => {
    const awaited = now();
    note({ t: 'wait', at: wallMs(), ...(awaited !== undefined && { awaited }) });
  };
  const begin = (what: Awaited['what'], waitMs: number | undefined): void => {
    const sinceMs = wallMs();
    waits.set(what, { what, sinceMs, ...(waitMs !== undefined && { untilMs: sinceMs + waitMs }) });
    noteNow();
  };
  const end = (what: Awaited['what']): void => {
    waits.delete(what);
    noteNow();
  };
  return {
    now,
    news: {
      outageBegan: (fault, waitMs) => {
        begin('service', waitMs);
        told.outageBegan(fault, waitMs);
      },
      outageEnded: (lastedMs) => {
        end('service');
        told.outageEnded(lastedMs);
      },
      signInEnded: (why, waitMs) => {
        begin('sign-in', waitMs);
        told.signInEnded(why, waitMs);
      },
      signInBack: (lastedMs) => {
        end('sign-in');
        told.signInBack(lastedMs);
      },
    },
  };
}
