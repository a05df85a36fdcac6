import { buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';
import type { Network } from '../access/network.ts';
import type { Proxy } from '../access/proxy.ts';
import type { DispatcherLease } from '../access/shared-dispatchers.ts';
import { skipContinue } from './skip-continue.ts';

export interface ConnectionLimits {
  readonly endpoint: URL;
  readonly network: Network;
  /** Of connecting, milliseconds. */
  readonly timeoutMs: number;
  /** Connections at most, where they are not shared. */
  readonly concurrency: number;
}

/** The connections to one endpoint. */
export interface Connections {
  /** What they go through; absent where they go directly. */
  readonly proxy: Proxy | undefined;
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
  const proxy = limits.network.proxyFor(limits.endpoint);
  let current = leaseOf(limits, proxy, 'kept');
  const retired: DispatcherLease[] = [];
  return {
    proxy,
    dispatcher: () => current.dispatcher,
    broke: (dispatcher) => {
      if (dispatcher !== current.dispatcher || retired.length > 0) return;
      retired.push(current);
      // Calls under way on it end as they will.
      void current.end('close');
      current = leaseOf(limits, proxy, 'used_once');
    },
    destroy: async () => {
      await Promise.all([...retired, current].map((lease) => lease.end('destroy')));
    },
  };
}

type Reuse = 'kept' | 'used_once';

function leaseOf(limits: ConnectionLimits, proxy: Proxy | undefined, reuse: Reuse): DispatcherLease {
  const { endpoint, network, timeoutMs } = limits;
  const open = (): Dispatcher => openDispatcher(limits, proxy, reuse);
  if (network.shared !== undefined) {
    const { pem } = network.certificates ?? {};
    return network.shared.take(JSON.stringify([endpoint.origin, proxy, pem, timeoutMs, reuse]), open);
  }
  const dispatcher = open();
  return { dispatcher, end: (how) => dispatcher[how]() };
}

function openDispatcher(limits: ConnectionLimits, proxy: Proxy | undefined, reuse: Reuse): Dispatcher {
  const { endpoint, network, concurrency, timeoutMs } = limits;
  const options = {
    connections: network.shared === undefined ? concurrency : null,
    // A second request on a busy connection would share its fate; 0 closes a connection after each.
    pipelining: reuse === 'kept' ? 1 : 0,
    // The attempt has one clock, ours, that covers all of it.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  const ca = network.certificates?.pem;
  const tls = { timeout: timeoutMs, ...(ca !== undefined && { ca }) };
  return proxy === undefined
    ? new Pool(endpoint.origin, { ...options, connect: skippingContinue(buildConnector(tls)) })
    : openTunnels(proxy, options, tls);
}

function openTunnels(
  { origin, token }: Proxy,
  options: Pool.Options,
  tls: buildConnector.BuildOptions,
): Dispatcher {
  // undici gives both factories a connector of its own, through the tunnel and to the proxy.
  const factory = (to: string | URL, { connect, ...given }: Pool.Options): Pool =>
    new Pool(to, {
      ...given,
      ...(typeof connect === 'function' && { connect: skippingContinue(connect) }),
    });
  return new ProxyAgent({
    ...options,
    uri: origin,
    ...(token !== undefined && { token }),
    requestTls: tls,
    proxyTls: tls,
    factory: (to, given) => factory(to, given),
    clientFactory: (to, given) => factory(to, given),
  });
}

function skippingContinue(connect: buildConnector.connector): buildConnector.connector {
  return (options, callback) => {
    connect(options, (...[error, socket]) => {
      if (error === null) callback(null, skipContinue(socket));
      else callback(error, null);
    });
  };
}
