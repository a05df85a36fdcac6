import type { IncomingMessage } from 'node:http';

/** By which names a program on this machine reaches loopback; whatever else is named may be somebody's web page. */
const LOOPBACK_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Whether the request may come from a web page rather than from a program: it names a host that is not loopback (a
 * name that was pointed here: DNS rebinding), or a browser says that a page of elsewhere has sent it. A browser names
 * the page's origin in each request that may change something or whose answer the page may read.
 */
export function isForeign({ headers, headersDistinct }: IncomingMessage): boolean {
  const [host = '', ...others] = headersDistinct['host'] ?? [];
  if (others.length > 0 || !LOOPBACK_NAMES.includes(host.replace(/:\d{1,5}$/, '').toLowerCase())) return true;
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  return (
    (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) ||
    site === 'cross-site' ||
    site === 'same-site'
  );
}
