import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { RunError } from '../../model/run-error.ts';
import { decodeName, readersForm } from './section-names.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings of one section by their keys, in lower case; those under a key without a value as `key.name`. */
export type Settings = ReadonlyMap<string, string>;

type Sections = ReadonlyMap<string, Settings>;

/** One of AWS's two shared files. */
export interface SharedFile {
  readonly path: string;
  readonly found: boolean;
  /** By their names, as the file has them. */
  readonly profiles: Sections;
  /** Under which AWS's reader has it, for providers that read by themselves. */
  readonly readAs: string;
}

/** The shared files of the AWS CLI and the SDKs, as AWS's own reader reads them. */
export interface SharedConfig {
  readonly config: SharedFile;
  readonly credentials: SharedFile;
  /** Of both files; where both have a setting, the credentials file's. */
  readonly profiles: Sections;
  readonly services: Sections;
}

/** As it was read last. */
let newest:
  | { readonly files: readonly [FileText, FileText]; readonly read: Promise<SharedConfig> }
  | undefined;

/**
 * Reads both files anew, and gives what it gave before where they are as they were: a process may have hundreds of runs, and a file of a
 * thousand profiles takes 630 KB. Rejects with a `RunError` of code `usage` for one that is there and can't be read.
 */
export async function readSharedConfig(env: Environment): Promise<SharedConfig> {
  const files = [await readText(env, 'config'), await readText(env, 'credentials')] as const;
  if (newest === undefined || !isDeepStrictEqual(files, newest.files)) {
    newest = { files, read: understood(files) };
  }
  return newest.read;
}

async function understood([config, credentials]: readonly [FileText, FileText]): Promise<SharedConfig> {
  // Imported here: 100 ms that a command which calls nobody shouldn't pay.
  const { externalDataInterceptor, loadSharedConfigFiles } = await import('@smithy/core/config');
  for (const { readAs, text } of [config, credentials]) externalDataInterceptor.interceptFile(readAs, text);
  const read = await loadSharedConfigFiles({ filepath: credentials.readAs, configFilepath: config.readAs });
  const inConfig = sectionsOf(read.configFile);
  const inCredentials = sectionsOf(read.credentialsFile);
  const profiles = ofKind(inConfig, undefined);
  return {
    config: { ...config, profiles },
    credentials: { ...credentials, profiles: inCredentials },
    profiles: merged(profiles, inCredentials),
    services: ofKind(inConfig, 'services'),
  };
}

interface FileText {
  readonly path: string;
  readonly found: boolean;
  readonly readAs: string;
  readonly text: string;
}

const FILES = {
  config: { variable: 'AWS_CONFIG_FILE', name: 'config' },
  credentials: { variable: 'AWS_SHARED_CREDENTIALS_FILE', name: 'credentials' },
} as const;

async function readText(env: Environment, file: 'config' | 'credentials'): Promise<FileText> {
  const { variable, name } = FILES[file];
  const home = env['HOME'] || env['USERPROFILE'] || homedir();
  const named = env[variable] || join(home, '.aws', name);
  const path = named.startsWith('~/') ? join(home, named.slice(2)) : named;
  const found = await exists(path);
  const text = found ? await readFile(path, 'utf8').catch((cause: unknown) => unreadable(path, cause)) : '';
  return { path, found, readAs: `oppsweep:${path}`, text: readersForm(text, file) };
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

/** Not passed over: it may name another endpoint than AWS's own. */
function unreadable(path: string, cause: unknown): never {
  const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  throw new RunError('usage', `AWS's shared file ${path} can't be read${why}.`, {
    code: 'ask_config_permission',
  });
}

/** The reader's keys: `kind.name`, but for profiles the name alone. */
type ReadSections = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

function sectionsOf(read: ReadSections): Sections {
  return new Map(
    Object.entries(read).map(([name, settings]) => [
      decodeName(name),
      new Map(
        Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
      ),
    ]),
  );
}

function ofKind(sections: Sections, kind: 'services' | undefined): Sections {
  const prefix = /^(services|sso-session)\./;
  return new Map(
    [...sections].flatMap(([name, settings]) => {
      if (prefix.exec(name)?.[1] !== kind) return [];
      return [[kind === undefined ? name : name.replace(prefix, ''), settings]];
    }),
  );
}

function merged(...files: readonly Sections[]): Sections {
  const all = new Map<string, Settings>();
  for (const [name, settings] of files.flatMap((sections) => [...sections])) {
    all.set(name, new Map([...(all.get(name) ?? []), ...settings]));
  }
  return all;
}
