import { buildConnector, EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';
import { RunError } from '../../model/run-error.ts';
import { skipContinue } from './skip-continue.ts';

export interface ConnectionLimits {
  readonly endpoint: URL;
  /** Of connecting, milliseconds. */
  readonly timeoutMs: number;
  /** Connections at most. */
  readonly concurrency: number;
}

/** The connections to one endpoint. */
export interface Connections {
  readonly dispatcher: () => Dispatcher;
  /**
   * After one of a dispatcher's connections broke: from now on each call gets a connection of its own, since there are
   * middleboxes that reset those which are used again.
   */
  readonly broke: (dispatcher: Dispatcher) => void;
  readonly destroy: () => Promise<void>;
}

/** Opens nothing yet: connections are made when calls need them, and kept. */
export function openConnections(limits: ConnectionLimits): Connections {
  let current = openDispatcher(limits, 'kept');
  const retired: Dispatcher[] = [];
  return {
    dispatcher: () => current,
    broke: (dispatcher) => {
      if (dispatcher !== current || retired.length > 0) return;
      retired.push(current);
      // Calls under way on it end as they will.
      void current.close();
      current = openDispatcher(limits, 'used_once');
    },
    destroy: async () => {
      await Promise.all([...retired, current].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** Through HTTPS_PROXY, HTTP_PROXY and NO_PROXY as they are set, but never to this machine itself. */
function openDispatcher(
  { endpoint, concurrency, timeoutMs }: ConnectionLimits,
  reuse: 'kept' | 'used_once',
): Dispatcher {
  const limits = {
    connections: concurrency,
    // A second request on a busy connection would share its fate; 0 closes a connection after each.
    pipelining: reuse === 'kept' ? 1 : 0,
    // The attempt has one clock, ours, that covers all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const connect = skippingContinue(buildConnector({ timeout: timeoutMs }));
  if (isLoopback(endpoint)) return new Pool(endpoint.origin, { ...limits, connect });
  try {
    return new EnvHttpProxyAgent({ ...limits, connect });
  } catch {
    // Neither shown nor kept as the cause: a proxy's URL may hold a password.
    throw new RunError('usage', 'HTTPS_PROXY or HTTP_PROXY is no URL.', { code: 'write_proxy_in_full' });
  }
}

function skippingContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error === null) callback(null, skipContinue(socket));
      else callback(error, null);
    });
  };
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}
