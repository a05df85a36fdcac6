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
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw noUrl();
  return { url: given, place: placeOf(url) };
}

function placeOf({ hostname, host, pathname }: URL): string {
  return `${hostname === '' ? 'localhost' : host}${pathname === '/' ? '' : pathname}`;
}

function noUrl(): RunError {
  return new RunError('usage', 'The store is given by what is no URL of a PostgreSQL database.', {
    code: 'write_url_in_full',
    example: EXAMPLE,
  });
}
