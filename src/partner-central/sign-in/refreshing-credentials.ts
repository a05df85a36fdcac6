import type { Credentials, CredentialSource } from '../access/credentials.ts';
import { shareWork, type SharedWork } from '../access/shared-work.ts';

/** How long before their end credentials are renewed: as the SDKs do. */
const RENEW_AHEAD_MS = 5 * 60_000;

/** After a renewal that failed while the old ones are still good, the next try waits this long. */
const RENEW_AGAIN_MS = 30_000;

/**
 * Holds on to the credentials that `load` brings and asks it again shortly before they end. However many calls want new
 * ones at a time, `load` runs once; its signal is aborted when none of them waits any longer. A renewal that fails does
 * no harm while the old ones are good.
 */
export function refreshingCredentials(
  load: (signal: AbortSignal) => Promise<Credentials>,
  nowMs: () => number,
): CredentialSource {
  let held: Credentials | undefined;
  let lastRefused: Credentials | undefined;
  let underWay: SharedWork<Credentials> | undefined;
  let nextRenewalMs = 0;

  function begin(): SharedWork<Credentials> {
    const own = shareWork(async (signal) => {
      try {
        return (held = await load(signal));
      } finally {
        if (underWay === own) underWay = undefined;
        nextRenewalMs = nowMs() + RENEW_AGAIN_MS;
      }
    });
    return own;
  }

  function renew(signal: AbortSignal | undefined): Promise<Credentials> {
    if (underWay === undefined || underWay.abandoned()) underWay = begin();
    return underWay.wait(signal);
  }

  return {
    current: async (signal) => {
      const old = held;
      if (old === undefined || remainingMs(old, nowMs()) <= 0) return renew(signal);
      if (remainingMs(old, nowMs()) > RENEW_AHEAD_MS || nowMs() < nextRenewalMs) return old;
      return renew(signal).catch(() => {
        signal?.throwIfAborted();
        return old;
      });
    },
    refused: (credentials) => {
      lastRefused = credentials;
    },
    refresh: async (signal) => {
      // Calls signed with the old ones are still coming back while the new ones are in use.
      if (held !== undefined && lastRefused !== undefined && !same(held, lastRefused)) return true;
      const old = held;
      return renew(signal).then(
        (fresh) => old === undefined || !same(old, fresh),
        () => {
          signal?.throwIfAborted();
          return false;
        },
      );
    },
  };
}

function remainingMs({ expiration }: Credentials, nowMs: number): number {
  return expiration === undefined ? Number.POSITIVE_INFINITY : expiration.getTime() - nowMs;
}

function same(left: Credentials, right: Credentials): boolean {
  return (
    left.accessKeyId === right.accessKeyId &&
    left.secretAccessKey === right.secretAccessKey &&
    left.sessionToken === right.sessionToken
  );
}
