import { describe, expect, it } from 'vitest';
import type { CredentialSource } from '../../src/partner-central/access/credentials.ts';
import { mendAccess } from '../../src/calls/mend-access.ts';
import { RunError } from '../../src/model/run-error.ts';
import { fault } from '../results/samples.ts';
import { textWith } from '../text-with.ts';

const EXPIRED = fault('credentials', { exception: 'ExpiredTokenException' });
const UNKNOWN_KEY = fault('credentials', { exception: 'UnrecognizedClientException' });

const NEVER = new AbortController().signal;

/** A source that has other credentials at hand, or none; it counts how often it was asked. */
function source(hasOthers: boolean): CredentialSource & { readonly refreshes: () => number } {
  let refreshes = 0;
  return {
    current: () => Promise.resolve({ accessKeyId: 'key', secretAccessKey: 'secret' }),
    refused: () => undefined,
    refresh: async () => {
      refreshes += 1;
      return hasOthers;
    },
    refreshes: () => refreshes,
  };
}

describe('mendAccess', () => {
  it('is content where other credentials are at hand', async () => {
    const credentials = source(true);
    await mendAccess(credentials, NEVER)(EXPIRED);
    expect(credentials.refreshes()).toBe(1);
  });

  it('stops the run where there are no others, by what is wrong with these', async () => {
    await expect(mendAccess(source(false), NEVER)(EXPIRED)).rejects.toMatchObject({
      code: 'credentials_expired',
    });
    await expect(mendAccess(source(false), NEVER)(UNKNOWN_KEY)).rejects.toMatchObject({
      code: 'credentials_refused',
    });
  });

  it('asks for no others, and waits for none, where the command names a region that is not the service’s', async () => {
    const message = 'Credential should be scoped to a valid region. ';
    const elsewhere = fault('credentials', { exception: 'InvalidSignatureException', message });
    const credentials = source(true);
    await expect(mendAccess(credentials, NEVER)(elsewhere)).rejects.toMatchObject({
      code: 'usage',
      advice: { code: 'name_region', region: 'us-east-1' },
    });
    expect(credentials.refreshes()).toBe(0);
  });

  it('says why no others could be had, with the advice that helps', async () => {
    const cause = new RunError('credentials_refused', 'The helper failed.', { code: 'try_helper' });
    const credentials = { ...source(false), refresh: () => Promise.reject(cause) };
    await expect(mendAccess(credentials, NEVER)(EXPIRED)).rejects.toMatchObject({
      code: 'credentials_expired',
      message: 'The session has expired and could not be refreshed: The helper failed.',
      advice: { code: 'try_helper' },
    });
  });

  it('stops the run where the others are refused too', async () => {
    const credentials = source(true);
    const mend = mendAccess(credentials, NEVER);
    await mend(EXPIRED);
    await expect(mend(EXPIRED)).rejects.toMatchObject({ code: 'credentials_expired' });
    expect(credentials.refreshes()).toBe(1);
  });

  it('waits on where the others are refused too, and somebody waits for a sign-in', async () => {
    let waited = 0;
    const othersAgain = async (): Promise<void> => {
      waited += 1;
    };
    const mend = mendAccess({ ...source(true), othersAgain }, NEVER);
    for (let refusals = 0; refusals < 3; refusals += 1) await mend(EXPIRED);
    expect(waited).toBe(2);
  });

  it('says of keys in the environment that they are to be set anew', async () => {
    const credentials = { ...source(false), signIn: () => ({ mayReturn: false }) };
    await expect(mendAccess(credentials, NEVER)(EXPIRED)).rejects.toMatchObject({
      code: 'credentials_expired',
      advice: { code: 'mend_keys' },
    });
  });

  it('lets a call go again with the clock corrected, once', async () => {
    const mend = mendAccess(source(false), NEVER);
    const skewed = fault('clock', { clockSkewMs: 12 * 60_000 });
    await mend(skewed);
    await expect(mend(skewed)).rejects.toMatchObject({
      code: 'clock_skewed',
      message: textWith('12 minutes behind'),
    });
  });
});
