import { readFile } from 'node:fs/promises';
import { RunError } from '../../model/run-error.ts';
import type { AwsSettings } from './aws-settings.ts';
import { proxyFor, type Proxy } from './proxy.ts';
import type { SharedDispatchers } from './shared-dispatchers.ts';

/** How the machine's calls leave it: the same for the service, STS and single sign-on. */
export interface Network {
  /** Throws a `RunError` of code `usage` for a variable that names no proxy. */
  readonly proxyFor: (url: URL) => Proxy | undefined;
  /** Certificates to trust in place of Node's own. */
  readonly certificates?: TrustedCertificates;
  /** Connections that other runs of this process use too; absent, each has its own. */
  readonly shared?: SharedDispatchers | undefined;
}

/** Without proxy, with Node's own certificates. */
export const DIRECT: Network = { proxyFor: () => undefined };

export interface TrustedCertificates {
  /** PEM, one or more. */
  readonly pem: string;
  readonly path: string;
  /** Whoever names the file. */
  readonly from: string;
}

/** Reads which certificates are trusted, in the AWS CLI's order. Rejects with a `RunError` of code `usage`. */
export async function readNetwork(settings: AwsSettings, caBundle: string | undefined): Promise<Network> {
  const { env, own } = settings;
  const bundles = [
    ['the option ca-bundle', caBundle],
    ['AWS_CA_BUNDLE', env['AWS_CA_BUNDLE']],
    ["the profile's ca_bundle", own.get('ca_bundle')],
    ['REQUESTS_CA_BUNDLE', env['REQUESTS_CA_BUNDLE']],
  ] as const;
  const [from, path] = bundles.find(([, named]) => named !== undefined && named !== '') ?? [];
  const certificates = from === undefined || path === undefined ? undefined : await readBundle(path, from);
  return {
    proxyFor: (url) => proxyFor(url, env),
    ...(certificates !== undefined && { certificates }),
  };
}

async function readBundle(path: string, from: string): Promise<TrustedCertificates> {
  const pem = await readFile(path, 'utf8').catch((cause: unknown) => {
    const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw notCertificates(`${path}, which ${from} names, can't be read${why}.`);
  });
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return { pem: oneCopy(pem), path, from };
  throw notCertificates(`${path}, which ${from} names, holds no certificate in PEM form.`);
}

let copy = '';

/** A process may have hundreds of runs, and a bundle has 200 KB. */
function oneCopy(pem: string): string {
  if (pem !== copy) copy = pem;
  return copy;
}

function notCertificates(message: string): RunError {
  return new RunError('usage', message, { code: 'name_certificates' });
}
