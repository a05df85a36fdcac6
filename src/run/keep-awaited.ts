import type { SignInNews } from '../calls/stop/await-sign-in.ts';
import type { OutageNews } from '../calls/stop/inquire.ts';
import type { Clock } from '../model/clock.ts';
import type { DayQuota } from '../pace/day-quota.ts';
import { isWait } from '../pace/quota-rule.ts';
import type { Awaited } from '../store/journal-line.ts';
import type { JournalWriter } from '../store/run-store.ts';

/** Shorter waits for the day's quota are part of going. */
const LONG_MS = 60_000;

/** A day's quota of reads, of whose waits a journal tells: that of writes is known by the account's count of them. */
export function noteReadWaits(
  day: DayQuota,
  { note }: Pick<JournalWriter, 'note'>,
  { wallMs }: Pick<Clock, 'wallMs'>,
): DayQuota {
  let waits = false;
  return {
    ...day,
    take: async () => {
      const answer = await day.take();
      const isLong = isWait(answer) && answer.why === 'daily_quota' && answer.waitMs >= LONG_MS;
      if (waits ? answer === 'taken' : isLong) {
        waits = !waits;
        const at = wallMs();
        const untilMs = isWait(answer) ? at + answer.waitMs : at;
        note({ t: 'wait', at, ...(waits && { awaited: { what: 'reads', sinceMs: at, untilMs } }) });
      }
      return answer;
    },
  };
}

type WaitNews = OutageNews & SignInNews;

/** The day's quota is told by the pace. */
export interface AwaitedOfAll extends Awaited {
  readonly what: Exclude<Awaited['what'], 'reads'>;
}

/** Follows what all rows of a session wait for. */
export interface AwaitedKeeper {
  /** Tells the session's own listener the same. */
  readonly news: WaitNews;
  readonly now: () => AwaitedOfAll | undefined;
}

/** Each change is noted in the journal, so that another terminal can tell it. */
export function keepAwaited(
  { note }: Pick<JournalWriter, 'note'>,
  { wallMs }: Pick<Clock, 'wallMs'>,
  told: WaitNews,
): AwaitedKeeper {
  const waits = new Map<AwaitedOfAll['what'], AwaitedOfAll>();
  const now = (): AwaitedOfAll | undefined => [...waits.values()].at(-1);
  const noteNow = (): void => {
    const awaited = now();
    note({ t: 'wait', at: wallMs(), ...(awaited !== undefined && { awaited }) });
  };
  const begin = (what: AwaitedOfAll['what'], waitMs: number | undefined): void => {
    const sinceMs = wallMs();
    waits.set(what, { what, sinceMs, ...(waitMs !== undefined && { untilMs: sinceMs + waitMs }) });
    noteNow();
  };
  const end = (what: AwaitedOfAll['what']): void => {
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
