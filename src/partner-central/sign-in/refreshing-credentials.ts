import { RunError } from '../../model/run-error.ts';
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
export function refreshingCredentials(load: LoadCredentials, nowMs: () => number): CredentialSource {
  const { held, renew, mayRenew } = renewals(load, nowMs);
  let lastRefused: Credentials | undefined;
  return {
    current: async (signal) => {
      const old = held();
      if (old === undefined || remainingMs(old, nowMs()) <= 0) return renew(signal);
      if (remainingMs(old, nowMs()) > RENEW_AHEAD_MS || !mayRenew()) return old;
      return renew(signal).catch(() => {
        signal?.throwIfAborted();
        return old;
      });
    },
    refused: (credentials) => {
      lastRefused = credentials;
    },
    refresh: async (signal) => {
      const old = held();
      // Calls signed with the old ones are still coming back while the new ones are in use.
      if (old !== undefined && lastRefused !== undefined && !same(old, lastRefused)) return true;
      return renew(signal).then(
        // Keys whose end was put off are as good as others, unless it was the service that refused them.
        (fresh) => lastRefused === undefined || !same(fresh, lastRefused),
        (error: unknown) => {
          signal?.throwIfAborted();
          if (error instanceof RunError) throw error;
          return false;
        },
      );
    },
  };
}

type LoadCredentials = (signal: AbortSignal) => Promise<Credentials>;

interface Renewals {
  readonly held: () => Credentials | undefined;
  /** Joins the renewal that is under way, or begins one. */
  readonly renew: (signal: AbortSignal | undefined) => Promise<Credentials>;
  /** Whether the last one is long enough ago for another one that nothing forces. */
  readonly mayRenew: () => boolean;
}

function renewals(load: LoadCredentials, nowMs: () => number): Renewals {
  let held: Credentials | undefined;
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

  return {
    held: () => held,
    renew: (signal) => {
      if (underWay === undefined || underWay.abandoned()) underWay = begin();
      return underWay.wait(signal);
    },
    mayRenew: () => nowMs() >= nextRenewalMs,
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
