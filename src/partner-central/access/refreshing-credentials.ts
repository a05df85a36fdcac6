import type { Credentials, CredentialSource } from './credentials.ts';

/** How long before their end credentials are renewed: what the SDKs use. */
const RENEW_AHEAD_MS = 5 * 60_000;

/** After a renewal that failed while the old ones are still good, the next try waits this long. */
const RENEW_AGAIN_MS = 30_000;

/**
 * Holds on to what `load` brings and asks it again shortly before the credentials end. However many calls want new
 * ones at a time, `load` runs once. A renewal that fails does no harm while the old ones are good.
 */
export function refreshingCredentials(
  load: () => Promise<Credentials>,
  nowMs: () => number,
): CredentialSource {
  let held: Credentials | undefined;
  let lastRefused: Credentials | undefined;
  let underWay: Promise<Credentials> | undefined;
  let nextRenewalMs = 0;

  function renew(): Promise<Credentials> {
    underWay ??= load()
      .then((fresh) => (held = fresh))
      .finally(() => {
        underWay = undefined;
        nextRenewalMs = nowMs() + RENEW_AGAIN_MS;
      });
    return underWay;
  }

  return {
    current: async () => {
      const old = held;
      if (old === undefined || remainingMs(old, nowMs()) <= 0) return renew();
      if (remainingMs(old, nowMs()) > RENEW_AHEAD_MS || nowMs() < nextRenewalMs) return old;
      return renew().catch(() => old);
    },
    refused: (credentials) => {
      lastRefused = credentials;
    },
    refresh: async () => {
      // Calls signed with the old ones are still coming back while the new ones are in use.
      if (held !== undefined && lastRefused !== undefined && !same(held, lastRefused)) return true;
      const old = held;
      return renew().then(
        (fresh) => old === undefined || !same(old, fresh),
        () => false,
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
