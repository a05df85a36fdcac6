import type { RunTarget } from '../../run/request/run-target.ts';
import type { MeantAccount } from './account-rows.ts';
import { targetOf, type FleetOptions } from '../fleet-options.ts';
import { assertAccount, serviceDeps, type FleetContext } from '../run-slice.ts';

/** Somebody waits for it, and a network that leads nowhere is asked five times. */
const LONGEST_ANSWER_MS = 3_000;

/** Asks STS whose the credentials are. */
export async function signInTo(
  meant: MeantAccount,
  fleet: string,
  options: FleetOptions,
  context: FleetContext,
): Promise<{ readonly account: string; readonly target: RunTarget }> {
  const target = await targetOf(meant, options, context);
  const signal = new AbortController().signal;
  const deps = serviceDeps({ account: meant.account ?? '', fleet }, options, signal, context);
  const timeoutMs = Math.min(deps.limits.timeoutMs, LONGEST_ANSWER_MS);
  const account = await target.account({ ...deps, limits: { ...deps.limits, timeoutMs } });
  if (meant.account !== undefined) assertAccount({ ...meant, account: meant.account }, account);
  return { account, target };
}
