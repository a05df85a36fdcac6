import type { Fault } from '../model/fault.ts';
import { RunError } from '../model/run-error.ts';
import type { CredentialSource } from '../partner-central/access/credentials.ts';
import { clockSkewed, credentialsRejected, isWrongRegion, keysRejected } from './stop/stop-reasons.ts';

/** Mends what makes the service refuse every signature, so that the call can be made again; throws what stops the run. */
export type MendAccess = (fault: Fault) => Promise<void>;

/**
 * For one call's tries; `signal` ends a renewal that hangs. Credentials are asked for anew, once, and then waited for, if at all; a skewed clock has
 * been corrected by the connection from the server's Date header. Otherwise the second such fault of one call stops the run.
 */
export function mendAccess(credentials: CredentialSource, signal: AbortSignal): MendAccess {
  let mended = false;
  return async (fault) => {
    const first = !mended;
    mended = true;
    if (fault.kind === 'clock') {
      if (!first) throw clockSkewed(fault);
      return;
    }
    const renew = (): Promise<boolean> =>
      credentials.refresh(signal).catch((cause: unknown) => {
        signal.throwIfAborted();
        throw cause instanceof RunError ? credentialsRejected(fault, cause) : cause;
      });
    if (isWrongRegion(fault)) throw credentialsRejected(fault);
    if (first ? await renew() : await othersAgain(credentials)) return;
    throw credentials.signIn?.()?.mayReturn === false ? keysRejected(fault) : credentialsRejected(fault);
  };
}

/** Whether others came. */
async function othersAgain(credentials: CredentialSource): Promise<boolean> {
  await credentials.othersAgain?.();
  return credentials.othersAgain !== undefined;
}
