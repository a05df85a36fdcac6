import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { hintOf } from '../../../src/cli/words/hints/hints.ts';
import type { Clock } from '../../../src/model/clock.ts';
import { RunError } from '../../../src/model/run-error.ts';
import { readAwsSettings } from '../../../src/partner-central/access/aws-settings.ts';
import { readNetwork } from '../../../src/partner-central/access/network.ts';
import {
  resolveCredentials,
  type CredentialOptions,
  type ResolvedCredentials,
} from '../../../src/partner-central/sign-in/resolve-credentials.ts';

/** A home of the test's own, with AWS's files where they are by default; the process's HOME is it until the test ends. */
export interface Home {
  readonly at: (name: string) => string;
  /** `.aws/config`. */
  readonly config: (...lines: readonly string[]) => void;
  /** `.aws/credentials`. */
  readonly credentials: (...lines: readonly string[]) => void;
  readonly write: (name: string, content: string) => string;
  /** As `aws sso login` leaves it. */
  readonly ssoToken: (session: string, content: string) => void;
  readonly set: (variables: Readonly<Record<string, string>>) => void;
  readonly resolve: (changes?: Changes, signal?: AbortSignal) => Promise<ResolvedCredentials>;
  /** The error by which resolving ends, and its hint on the command line. */
  readonly refusal: (changes?: Changes) => Promise<RunError & { readonly hint: string }>;
  /** The process number that a file holds, once it does. */
  readonly pidIn: (name: string) => number;
  /** How long was waited between tries, milliseconds. */
  readonly waits: number[];
}

interface Changes extends Partial<CredentialOptions> {
  readonly profile?: string;
  readonly caBundle?: string;
}

export function makeHome(): Home {
  const home = mkdtempSync(join(tmpdir(), 'oppsweep-sign-in-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('USERPROFILE', home);
  vi.stubEnv('AWS_CONFIG_FILE', undefined);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
  });
  const waits: number[] = [];
  const at = (name: string): string => join(home, name);
  const write = (name: string, content: string): string => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), content);
    return at(name);
  };
  const resolve: Home['resolve'] = async ({ profile, caBundle, ...changes } = {}, signal) => {
    const settings = await readAwsSettings({ profile, env: process.env });
    const network = await readNetwork(settings, caBundle);
    return resolveCredentials({ settings, network, ...MEANS, clock: clockWith(waits), ...changes }, signal);
  };
  return {
    at,
    write,
    waits,
    resolve,
    pidIn: (name) => {
      const pid = Number(readFileSync(at(name), 'utf8'));
      if (pid === 0) throw new Error('Nothing is written yet.');
      return pid;
    },
    config: (...lines) => void write('.aws/config', `${lines.join('\n')}\n`),
    credentials: (...lines) => void write('.aws/credentials', `${lines.join('\n')}\n`),
    ssoToken: (session, content) => {
      const name = createHash('sha1').update(session).digest('hex');
      write(`.aws/sso/cache/${name}.json`, content);
    },
    set: (variables) => {
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    },
    refusal: async (changes) => {
      const error: unknown = await resolve(changes).catch((caught: unknown) => caught);
      if (!(error instanceof RunError)) throw new Error('Credentials were found.', { cause: error });
      return Object.assign(error, { hint: hintOf(error) });
    },
  };
}

const MEANS = { region: 'us-east-1', timeoutMs: 10_000, userAgent: 'oppsweep|1.2.3', dice: () => 0.5 };

/** The machine's clock, whose sleeps are noted and over at once. */
function clockWith(waits: number[]): Clock {
  return {
    wallMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    sleep: async (delayMs) => {
      waits.push(delayMs);
    },
  };
}
