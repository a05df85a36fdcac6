import type { RunTarget } from '../../run/request/run-target.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { shellWords } from '../words/hints/shell-words.ts';

/** The option that names an endpoint (an origin): none for the emulator’s, and for AWS's own, which a catalog and a region tell. */
export function endpointWords(endpoint: string): readonly string[] {
  const known = endpoint === 'emulator' || /\.(amazonaws\.com|api\.aws)$/.test(new URL(endpoint).hostname);
  return known ? [] : ['--endpoint-url', endpoint];
}

/** A process whose command that goes on names the endpoint, too, where AWS's variables or config gave it: another shell may lack them. */
export function withEndpointNamed(
  process: ProcessContext,
  { endpoint, url }: Pick<RunTarget, 'endpoint' | 'url'>,
  { endpointUrl }: { readonly endpointUrl?: string },
): ProcessContext {
  // Of a URL with more to it (a path, or a secret) the origin is not enough.
  const words = endpointUrl === undefined && url === `${endpoint}/` ? endpointWords(endpoint) : [];
  if (words.length === 0) return process;
  const inherited = (): string =>
    [process.inherited?.() ?? '', shellWords(words)].filter((word) => word !== '').join(' ');
  return { ...process, inherited };
}
