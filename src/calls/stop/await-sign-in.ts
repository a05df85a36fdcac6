import type { Clock } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import type { CredentialSource } from '../../partner-central/access/credentials.ts';
import type { SwitchedHold } from './hold-calls.ts';
import { noNewSignIn } from './stop-reasons.ts';
import type { StopSwitch } from './stop-switch.ts';

/** Told of a sign-in that has ended. */
export interface SignInNews {
  /** A new one is waited for so long, in milliseconds. `why`: what is known of the cause. */
  readonly signInEnded: (why: RunError | undefined, waitMs: number) => void;
  readonly signInBack: (lastedMs: number) => void;
}

export interface SignInPatience {
  readonly source: CredentialSource;
  /** How long a new sign-in is waited for, milliseconds; 0: not at all. */
  readonly waitMs: number;
  /** On while it is waited for: no call leaves. */
  readonly hold: SwitchedHold;
  readonly stopSwitch: StopSwitch;
  readonly clock: Clock;
  readonly news: SignInNews;
}

const LOOK_EVERY_MS = 60_000;

/**
 * Credentials that, once they have ended, are waited for: files, helper and single sign-on are asked again each minute. One who
 * waited in vain, or found somebody else's, stops the run.
 */
export function patientCredentials(patience: SignInPatience): CredentialSource {
  const { source, waitMs, stopSwitch } = patience;
  if (waitMs === 0 || source.signIn?.()?.mayReturn === false) return source;
  const { monotonicMs } = patience.clock;
  let underWay: Promise<void> | undefined;
  let last: { readonly sinceMs: number; readonly endedMs: number } | undefined;
  /** All who miss them wait together, and for those after one that is refused at once no longer than for that. */
  const wait = (why: RunError | undefined): Promise<void> => {
    if (underWay !== undefined) return underWay;
    const nowMs = monotonicMs();
    const sinceMs = last !== undefined && nowMs - last.endedMs < LOOK_EVERY_MS ? last.sinceMs : nowMs;
    underWay = awaitSignIn(patience, sinceMs, why).finally(() => {
      last = { sinceMs, endedMs: monotonicMs() };
      underWay = undefined;
    });
    return underWay;
  };
  return {
    ...source,
    current: async (signal) => {
      try {
        return await source.current(signal);
      } catch (error) {
        await wait(reasonOf(error, stopSwitch.signal));
        return source.current(signal);
      }
    },
    refresh: async (signal) => {
      const why = await failureOf(() => source.refresh(signal), stopSwitch.signal);
      if (why !== 'none') await wait(why);
      return true;
    },
    othersAgain: () => wait(undefined),
  };
}

/** Resolves once there are others; else stops the run, and rejects with what stopped it. */
async function awaitSignIn(
  patience: SignInPatience,
  sinceMs: number,
  first: RunError | undefined,
): Promise<void> {
  const { source, waitMs, hold, stopSwitch, clock, news } = patience;
  const { signal, stop } = stopSwitch;
  hold.turnOn();
  try {
    news.signInEnded(first, sinceMs + waitMs - clock.monotonicMs());
    for (let why: RunError | undefined | 'none' = first; why !== 'none';) {
      const leftMs = sinceMs + waitMs - clock.monotonicMs();
      if (isAnothers(why) || leftMs <= 0) stop(noNewSignIn(why, waitMs));
      await clock.sleep(Math.min(LOOK_EVERY_MS, leftMs), signal);
      why = await failureOf(async () => {
        const others = await source.refresh(signal);
        await source.current(signal);
        return others;
      }, signal);
    }
    news.signInBack(clock.monotonicMs() - sinceMs);
  } finally {
    hold.turnOff();
  }
}

/** Why there are no others, as far as that is known. */
async function failureOf(
  ask: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<RunError | undefined | 'none'> {
  try {
    return (await ask()) ? 'none' : undefined;
  } catch (error) {
    return reasonOf(error, signal);
  }
}

/** Throws what is no affair of the sign-in. */
function reasonOf(error: unknown, signal: AbortSignal): RunError {
  signal.throwIfAborted();
  if (error instanceof RunError) return error;
  throw error;
}

function isAnothers(why: RunError | undefined): boolean {
  return why?.advice?.code === 'sign_in_as_before';
}
