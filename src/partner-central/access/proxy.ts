import { RunError } from '../../model/run-error.ts';
import type { Environment } from './shared-config.ts';

/** A proxy as a variable names it. */
export interface Proxy {
  /** Without name and password. */
  readonly origin: string;
  /** The value of a Proxy-Authorization header; never shown. */
  readonly token?: string;
  /** The variable that names it. */
  readonly from: string;
}

/**
 * Tells the proxy for a URL as the AWS CLI does: HTTPS_PROXY for https, HTTP_PROXY for http, NO_PROXY for neither; of two
 * spellings the one in small letters counts. Never one for this machine itself. Throws a `RunError` of code `usage`.
 */
export function proxyFor(url: URL, env: Environment): Proxy | undefined {
  if (isLoopback(url)) return undefined;
  const from = variableOf(`${url.protocol.slice(0, -1)}_proxy`, env);
  const text = env[from]?.trim();
  if (text === undefined || text === '' || isSpared(url, env)) return undefined;
  return parseProxy(text, from);
}

/** The spelling that is set; the one in small letters, even empty, hides the other. */
function variableOf(name: string, env: Environment): string {
  return env[name] === undefined ? name.toUpperCase() : name;
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** By host or its end, with a port or without. */
function isSpared({ hostname, host }: URL, env: Environment): boolean {
  const names = (env[variableOf('no_proxy', env)] ?? '').toLowerCase().split(/[,\s]+/);
  return names.some((entry) => {
    const name = entry.replace(/^\*?\.+/, '');
    if (entry === '*') return true;
    if (name === '') return false;
    return [hostname, host].some((known) => known === name || known.endsWith(`.${name}`));
  });
}

/** A scheme that is left out is http, as everywhere. */
function parseProxy(text: string, from: string): Proxy {
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text.replace(/^\/\//, '')}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    `${url.pathname}${url.search}${url.hash}` !== '/'
  ) {
    throw notAProxy(from);
  }
  const { origin, username, password } = url;
  if (username === '' && password === '') return { origin, from };
  try {
    const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { origin, from, token: `Basic ${Buffer.from(secret).toString('base64')}` };
  } catch {
    throw notAProxy(from);
  }
}

/** The value is neither shown nor kept as the cause: it may hold a password. */
function notAProxy(from: string): RunError {
  return new RunError('usage', `${from} is no URL of an http or https proxy.`, {
    code: 'write_proxy_in_full',
  });
}
