import { RunError } from '../../../model/run-error.ts';

/** Where a store is. */
export interface StoreAddress {
  /** With its password: for the connection alone, never for people. */
  readonly url: string;
  /** As people are told of it. */
  readonly place: string;
}

const EXAMPLE = 'postgres://user@host:5432/database';

/** Reads a URL of PostgreSQL. Refuses all else, and says nothing of what was given: it may hold a password. */
export function storeAddress(given: string): StoreAddress {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    throw noUrl();
  }
  if (!/^postgres(ql)?:$/.test(url.protocol) || isCutByPassword(url)) throw noUrl();
  assertMode(url.searchParams.get('sslmode'));
  return { url: given, place: placeOf(url) };
}

/** As libpq knows them, and pg's own; pg takes all others for verify-full, without a word. */
const MODES = ['verify-full', 'verify-ca', 'require', 'prefer', 'no-verify', 'disable'];

function assertMode(mode: string | null): void {
  if (mode === null || MODES.includes(mode)) return;
  throw new RunError('usage', `The URL of the store has an sslmode that there is none of: "${mode}".`, {
    code: 'known_ssl_modes',
    modes: MODES,
  });
}

/** A / or a # in a password ends the part of the URL that it belongs to: what follows it would be told as the place. */
function isCutByPassword({ pathname, hash }: URL): boolean {
  return pathname.includes('@') || hash !== '';
}

function placeOf({ hostname, host, pathname }: URL): string {
  return `${hostname === '' ? 'localhost' : host}${pathname === '/' ? '' : pathname}`;
}

function noUrl(): RunError {
  return new RunError('usage', 'The store is given by what is no URL of a PostgreSQL database.', {
    code: 'write_store_in_full',
    example: EXAMPLE,
  });
}
