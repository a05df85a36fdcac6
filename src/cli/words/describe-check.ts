import { SAME_CLOCK_MS } from '../../model/clock.ts';
import { assertNever } from '../../model/fault.ts';
import type { RunError } from '../../model/run-error.ts';
import type { Check, Findings } from '../../run/doctor/check.ts';
import { count, counted, span, withMoments, zoned } from './amounts.ts';
import { hintOfLook } from './hints/hints.ts';
import { withFlags } from './option-spelling.ts';

const TITLES: Readonly<Record<Check['name'], string>> = {
  variables: 'Variables',
  configuration: 'AWS files',
  endpoint: 'Endpoint',
  network: 'Way there',
  clock: 'Clock',
  credentials: 'Credentials',
  account: 'Account',
  quota: 'Quota',
  reading: 'Reading',
  place: 'Results',
};

const WIDTH = Math.max(...Object.values(TITLES).map(({ length }) => length));

/** A line for a check, and below it what to do. A sign tells as much as the words. */
export function describeCheck(check: Check, nowMs: number): string {
  const title = TITLES[check.name].padEnd(WIDTH);
  const told = (words: string): string => withMoments(words, (atMs) => zoned(atMs, nowMs));
  switch (check.state) {
    case 'sound':
      return `✓ ${title}  ${told(foundWords(check, nowMs))}\n`;
    case 'unsound':
      return [
        `✗ ${title}  ${told(withFlags(check.error.message))}\n`,
        ...hintsOf(check.error).map((hint) => `  ${''.padEnd(WIDTH)}  ${hint}\n`),
      ].join('');
    case 'blocked':
      return `· ${title}  not looked at: ${TITLES[check.by]} comes before it\n`;
    default:
      return assertNever(check);
  }
}

function hintsOf(error: RunError): readonly string[] {
  const hint = hintOfLook(error);
  return hint === '' ? [] : [hint];
}

/** The same for a program. */
export function checkForJson(check: Check, nowMs: number): Readonly<Record<string, unknown>> {
  const { name, state } = check;
  switch (state) {
    case 'sound':
      return { check: name, ok: true, found: foundWords(check, nowMs) };
    case 'unsound': {
      const { code, message } = check.error;
      return { check: name, ok: false, code, message: withFlags(message), hint: hintOfLook(check.error) };
    }
    case 'blocked':
      return { check: name, ok: null, blockedBy: check.by };
    default:
      return assertNever(check);
  }
}

function foundWords(check: Extract<Check, { readonly state: 'sound' }>, nowMs: number): string {
  switch (check.name) {
    case 'configuration':
      return configurationWords(check.found);
    case 'endpoint':
      return `${check.found.url.href} (${check.found.isAwsOwn ? 'AWS’s own' : 'not AWS’s own'})`;
    case 'network':
      return networkWords(check.found);
    case 'clock':
      return clockWords(check.found);
    case 'credentials':
      return credentialsWords(check.found, nowMs);
    case 'account':
      return accountWords(check.found);
    case 'quota':
      return quotaWords(check.found);
    case 'reading':
      return readingWords(check.found);
    case 'place':
      return `${check.found.folder} can be written; ${count(check.found.freeBytes / 1024 ** 2)} MB free`;
    default:
      return assertNever(check);
  }
}

function configurationWords({ profile, files }: Findings['configuration']): string {
  const by = { option: '--profile', nobody: 'since nobody names one' } as const;
  const who =
    profile.namedBy === 'option' || profile.namedBy === 'nobody' ? by[profile.namedBy] : profile.namedBy;
  const read = files.map(({ path, found }) => (found ? path : `${path} (not there)`)).join(', ');
  return `${read}; profile ${profile.name} (${who})`;
}

function networkWords({ proxy, certificates }: Findings['network']): string {
  const way = proxy === undefined ? 'directly' : `through ${proxy.origin} (${proxy.from})`;
  const trusted =
    certificates === undefined
      ? 'Node’s own certificates'
      : `certificates of ${certificates.path} (${withFlags(certificates.from)})`;
  return `${way}, with ${trusted}`;
}

function clockWords({ skewMs }: Findings['clock']): string {
  if (skewMs === undefined) return 'the service’s answer tells no time';
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (seconds <= 1) return 'as the service’s';
  const off = `${span(seconds * 1_000)} ${skewMs > 0 ? 'behind' : 'ahead of'} the service’s`;
  return Math.abs(skewMs) < SAME_CLOCK_MS ? `${off}, which it admits` : `${off}: a run goes by the service’s`;
}

function credentialsWords({ origin, endsAtMs }: Findings['credentials'], nowMs: number): string {
  if (endsAtMs === undefined) return `${origin}; they don’t end`;
  return `${origin}; good until ${new Date(endsAtMs).toISOString()} (${span(endsAtMs - nowMs)}), then renewed`;
}

function accountWords({ identity, refused }: Findings['account']): string {
  if (identity !== null) return `${identity.account}, as ${identity.arn}`;
  return refused === undefined
    ? 'not known: STS is not asked at this endpoint; the access key stands in for it'
    : `not known: STS refused to tell (${refused}); the access key stands in for it`;
}

function quotaWords({ used, left }: Findings['quota']): string {
  const room = left === 'unlimited' ? 'no limit' : `${count(left)} left`;
  return `${counted(used, 'write')} in the last 24 hours, ${room}; nobody else has the account here`;
}

function readingWords({ found }: Findings['reading']): string {
  const read = found ? 'opportunity O1 was read' : 'opportunity O1 was asked for, and isn’t there';
  return `${read}. Whether writing is allowed can’t be tried without a write`;
}
