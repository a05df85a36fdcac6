import type { Leaves } from '../model/call.ts';
import type { Clock } from '../model/clock.ts';
import { RunError } from '../model/run-error.ts';
import type { Credentials, CredentialSource } from './access/credentials.ts';
import type { Network } from './access/network.ts';
import { orAborted } from './access/shared-work.ts';
import { openConnections } from './wire/connections.ts';
import { exchange } from './wire/exchange.ts';
import type { ReadReply, Reply } from './wire/read-answer.ts';
import { redact } from './wire/redact.ts';
import { openSigner } from './wire/sign.ts';

export interface SignedCallOptions {
  readonly endpoint: URL;
  readonly network: Network;
  readonly region: string;
  /** The signing name, such as `partnercentral-selling`. */
  readonly service: string;
  readonly credentials: CredentialSource;
  /** Of one attempt, from connecting to the answer's last byte. */
  readonly timeoutMs: number;
  /** Connections at most; a call beyond them waits, its timeout running. */
  readonly concurrency: number;
  readonly clock: Clock;
  /** How far the clock is known to be ahead of the server's, milliseconds. */
  readonly clockAheadMs?: number | undefined;
  /** As AWS asks of integrators: `<Integrator>|<Product>`. */
  readonly userAgent: string;
}

export interface SignedCall<Value> {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether it changes anything: such a call, once it left, is waited for whatever the signal says. */
  readonly changes: boolean;
  readonly read: ReadReply<Value>;
}

/** How a call is told to stop, and whether it may leave. */
export interface CallWay {
  readonly signal?: AbortSignal | undefined;
  readonly leaves?: Leaves | undefined;
}

export interface SignedCalls {
  /** Signs, sends and reads one call, once. Rejects only with the signal's reason. */
  readonly call: <Value>(call: SignedCall<Value>, way?: CallWay) => Promise<Reply<Value>>;
  /** Drops the connections; for when every call has been answered. */
  readonly close: () => Promise<void>;
}

/** Opens nothing yet: connections are made when calls need them, and kept. */
export function openSignedCalls(options: SignedCallOptions): SignedCalls {
  const { endpoint, clock, timeoutMs } = options;
  const connections = openConnections(options);
  const sign = openSigner(options);
  const { host } = endpoint;
  // What CloudTrail records.
  const recordedAgent = options.userAgent.replace('|', '/');
  /** Milliseconds to add to our clock to have the server's; known beforehand, or learned when a signature is refused for it. */
  let clockOffsetMs = -(options.clockAheadMs ?? 0);

  async function call<Value>(
    asked: SignedCall<Value>,
    { signal, leaves }: CallWay = {},
  ): Promise<Reply<Value>> {
    signal?.throwIfAborted();
    const current = await currentOrFault(options.credentials, signal);
    if (!current.ok) return current;
    const credentials = current.value;
    const signedAtMs = clock.wallMs() + clockOffsetMs;
    const { body, changes } = asked;
    // What is spread stands last, or is written out: each member behind it would cost a microsecond.
    const own = {
      host,
      'x-amzn-user-agent': options.userAgent,
      'user-agent': recordedAgent,
      ...asked.headers,
    };
    const headers = await sign({ endpoint, headers: own, body }, credentials, signedAtMs);
    signal?.throwIfAborted();
    const dispatcher = connections.dispatcher();
    const path = endpoint.pathname;
    const request = {
      endpoint,
      proxy: connections.proxy,
      method: 'POST',
      path,
      headers,
      body,
      changes,
      timeoutMs,
      signal,
      leaves,
    } as const;
    const sent = await exchange(dispatcher, request);
    const reply = sent.ok ? asked.read(sent.answer, { signedAtMs, answeredAtMs: clock.wallMs() }) : sent;
    if (reply.ok) return reply;
    if (reply.fault.kind === 'broken') connections.broke(dispatcher);
    clockOffsetMs = reply.fault.clockSkewMs ?? clockOffsetMs;
    if (reply.fault.kind === 'credentials') options.credentials.refused(credentials);
    return { ok: false, fault: redact(reply.fault, credentials, signatureOf(headers)) };
  }

  return { call, close: connections.destroy };
}

async function currentOrFault(
  source: CredentialSource,
  signal: AbortSignal | undefined,
): Promise<Reply<Credentials>> {
  try {
    return { ok: true, value: await orAborted(source.current(signal), signal) };
  } catch (error) {
    signal?.throwIfAborted();
    // Only our own errors are known to hold no secret.
    const message = error instanceof RunError ? error.message : 'No credentials could be had.';
    // Named as the service would have named it, had a call left with those that ended.
    return { ok: false, fault: { kind: 'credentials', exception: 'ExpiredTokenException', message } };
  }
}

function signatureOf(headers: Readonly<Record<string, string>>): string {
  return /Signature=([0-9a-f]+)/.exec(headers['authorization'] ?? '')?.[1] ?? '';
}
