import { exec } from 'node:child_process';
import type { RunError } from '../../model/run-error.ts';
import type { Credentials } from '../access/credentials.ts';
import { isObject, textOf } from '../wire/json-object.ts';
import type { SignInContext } from './sign-in-context.ts';
import { helperFailed, helperUnusable } from './sign-in-errors.ts';

const ANSWER_MAX_BYTES = 1024 * 1024;

type HelperContext = Pick<SignInContext, 'signal' | 'helperPatience'>;

/**
 * Runs a profile's `credential_process`, in a shell as the SDK does, and ends it with the signal, or when it takes too long.
 * Of its words nothing is shown: they may hold a secret, as may its command line.
 */
export function runCredentialProcess(
  command: string,
  profile: string,
  { signal, helperPatience: { tellAfterMs, tell, endAfterMs } }: HelperContext,
): Promise<Credentials> {
  return new Promise((resolve, reject) => {
    const options = { signal, maxBuffer: ANSWER_MAX_BYTES, windowsHide: true };
    const slow = setTimeout(() => tell?.(profile), tellAfterMs);
    const endless = setTimeout(() => {
      reject(helperFailed(profile, `gave no answer within ${endAfterMs / 1_000} s and was ended`));
      // It may be one that heeds no other signal, or leaves the pipes to its children.
      child.kill('SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, endAfterMs);
    const child = exec(command, options, (error, stdout) => {
      clearTimeout(slow);
      clearTimeout(endless);
      // The caller's own reason, whatever it is.
      if (signal.aborted) return reject(signal.reason as Error);
      if (error !== null) return reject(failure(profile, error));
      const read = readCredentials(stdout);
      if (typeof read === 'string') return reject(helperUnusable(profile, read));
      // A sign-in of the helper's own may bring newer ones.
      const { expiration } = read;
      const haveEnded = expiration !== undefined && expiration.getTime() <= Date.now();
      return haveEnded ? reject(helperFailed(profile, 'printed credentials that have ended')) : resolve(read);
    });
    // There is nobody to answer what it may ask there.
    child.stdin?.on('error', () => undefined).end();
  });
}

interface Ending {
  readonly code?: unknown;
  readonly signal?: unknown;
}

/** A shell's own exit codes say that there is no such program; all others are the helper's, and may pass. */
function failure(profile: string, { code, signal }: Ending): RunError {
  if (typeof signal === 'string') return helperFailed(profile, `was ended by ${signal}`);
  if (code === 126) return helperUnusable(profile, 'can’t be run (exit code 126)');
  if (code === 127) return helperUnusable(profile, 'was not found (exit code 127)');
  if (typeof code === 'number') return helperFailed(profile, `failed (exit code ${code})`);
  return helperUnusable(profile, `failed (${String(code)})`);
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
