import { SAME_CLOCK_MS, type Clock } from '../model/clock.ts';
import type { Fault } from '../model/fault.ts';
import type { Network } from './access/network.ts';
import { openConnections } from './wire/connections.ts';
import { exchange } from './wire/exchange.ts';
import { serverMsOf } from './wire/read-answer.ts';

export interface ClockQuestion {
  readonly endpoint: URL;
  readonly network: Network;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly clock: Clock;
}

/** How far the service's clock is ahead of ours, milliseconds; undefined where its answer tells no time. */
export type ClockReading =
  | { readonly ok: true; readonly skewMs: number | undefined }
  | { readonly ok: false; readonly fault: Fault };

/**
 * Asks the service what time it is, by a request that is signed by nobody and counts for nobody: any answer tells. The
 * Date header counts in whole seconds. Rejects only with the signal's reason.
 */
export async function readServiceClock(asked: ClockQuestion, signal?: AbortSignal): Promise<ClockReading> {
  const { endpoint, clock, userAgent, timeoutMs } = asked;
  const connections = openConnections({ ...asked, concurrency: 1 });
  const leftMs = clock.wallMs();
  try {
    const sent = await exchange(connections.dispatcher(), {
      endpoint,
      proxy: connections.proxy,
      method: 'GET',
      path: endpoint.pathname,
      headers: { host: endpoint.host, 'user-agent': userAgent.replace('|', '/') },
      body: '',
      changes: false,
      timeoutMs,
      signal,
    });
    if (!sent.ok) return sent;
    const serverMs = serverMsOf(sent.answer.headers);
    // A second that has begun is told as it began.
    const ourMs = (leftMs + clock.wallMs()) / 2 - 500;
    return { ok: true, skewMs: serverMs === undefined ? undefined : Math.round(serverMs - ourMs) };
  } finally {
    await connections.destroy();
  }
}

/** How far our clock is ahead of the service's; undefined where they agree, or no answer tells. */
export function clockAhead(reading: ClockReading): number | undefined {
  if (!reading.ok || reading.skewMs === undefined) return undefined;
  return Math.abs(reading.skewMs) < SAME_CLOCK_MS ? undefined : -reading.skewMs;
}
