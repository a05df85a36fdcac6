import type { RunTarget } from '../../run/request/run-target.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { withShownStore } from '../words/hints/shown-store.ts';
import { shellWords } from '../words/hints/shell-words.ts';

/** The command that goes on: this one, but for what would begin again; another shell may lack the variables of this one. */
export function sameCommand({
  args,
  program,
  inherited = () => '',
}: Pick<ProcessContext, 'args' | 'program' | 'inherited'>): string {
  const [command = '', ...others] = withShownStore(args.filter((word) => word !== '--restart'));
  return [program, command, inherited(), shellWords(others)].filter((word) => word !== '').join(' ');
}

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
  return words.length === 0 ? process : { ...process, args: withOptions(process.args, words) };
}

/** A command line with further options: behind `--` no word is one. */
export function withOptions(args: readonly string[], words: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? [...args, ...words] : [...args.slice(0, end), ...words, ...args.slice(end)];
}
