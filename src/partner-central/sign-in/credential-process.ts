import { exec } from 'node:child_process';
import type { Credentials } from '../access/credentials.ts';
import { isObject, textOf } from '../wire/json-object.ts';
import { helperFailed } from './sign-in-errors.ts';

const ANSWER_MAX_BYTES = 1024 * 1024;

/**
 * Runs a profile's `credential_process`, in a shell as the SDK does, and ends it with the signal. Of its words nothing is
 * shown: they may hold a secret, as may its command line.
 */
export function runCredentialProcess(
  command: string,
  profile: string,
  signal: AbortSignal,
): Promise<Credentials> {
  return new Promise((resolve, reject) => {
    const options = { signal, maxBuffer: ANSWER_MAX_BYTES, windowsHide: true };
    const child = exec(command, options, (error, stdout) => {
      // The caller's own reason, whatever it is.
      if (signal.aborted) return reject(signal.reason as Error);
      if (error !== null) return reject(helperFailed(profile, howItEnded(error)));
      const read = readCredentials(stdout);
      return typeof read === 'string' ? reject(helperFailed(profile, read)) : resolve(read);
    });
    // There is nobody to answer what it may ask there.
    child.stdin?.on('error', () => undefined).end();
  });
}

function howItEnded({ code, signal }: { readonly code?: unknown; readonly signal?: unknown }): string {
  if (typeof signal === 'string') return `was ended by ${signal}`;
  if (code === 127) return 'was not found (exit code 127)';
  return typeof code === 'number' ? `failed (exit code ${code})` : `failed (${String(code)})`;
}

/** Version 1 of the form that the AWS CLI takes; or what is wrong with it. */
function readCredentials(stdout: string): Credentials | string {
  const answer = parse(stdout);
  if (!isObject(answer)) return 'printed no JSON object';
  const accessKeyId = textOf(answer['AccessKeyId']);
  const secretAccessKey = textOf(answer['SecretAccessKey']);
  const sessionToken = textOf(answer['SessionToken']);
  if (answer['Version'] !== 1) return 'printed JSON that is not of Version 1';
  if (!accessKeyId || !secretAccessKey) return 'printed no AccessKeyId or no SecretAccessKey';
  const ends = textOf(answer['Expiration']);
  const expiration = ends === undefined || ends === '' ? undefined : new Date(ends);
  if (expiration !== undefined && Number.isNaN(expiration.getTime()))
    return 'printed an Expiration that is no time';
  if (expiration !== undefined && expiration.getTime() <= Date.now())
    return 'printed credentials that have ended';
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
    ...(expiration && { expiration }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
