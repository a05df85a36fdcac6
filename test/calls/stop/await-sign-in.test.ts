import { describe, expect, it } from 'vitest';
import { patientCredentials } from '../../../src/calls/stop/await-sign-in.ts';
import { createHold } from '../../../src/calls/stop/hold-calls.ts';
import { createStopSwitch } from '../../../src/calls/stop/stop-switch.ts';
import { RunError } from '../../../src/model/run-error.ts';
import type { Credentials, CredentialSource } from '../../../src/partner-central/access/credentials.ts';
import { refreshingCredentials } from '../../../src/partner-central/sign-in/refreshing-credentials.ts';
import { createVirtualClock } from '../../pace/virtual-clock.ts';
import { textWith } from '../../text-with.ts';

const HOUR_MS = 3_600_000;
const ENDED = new RunError('credentials_expired', 'The AWS sign-in has expired.', {
  code: 'sign_in',
  command: 'aws sso login',
  profile: 'work',
});
const ANOTHERS = new RunError('credentials_refused', 'The new sign-in is that of B.', {
  code: 'sign_in_as_before',
  caller: 'A',
});

/** A sign-in that is there, until it is ended; `hours`: how long a new one is waited for. */
function scene(hours: number, signIn?: CredentialSource['signIn']) {
  const clock = createVirtualClock();
  const hold = createHold();
  const stopSwitch = createStopSwitch();
  const told: string[] = [];
  let signIns = 1;
  let trouble: RunError | undefined;
  const load = async (): Promise<Credentials> => {
    if (trouble !== undefined) throw trouble;
    return { accessKeyId: `KEY${signIns}`, secretAccessKey: 'secret' };
  };
  const source = { ...refreshingCredentials(load, clock.wallMs), ...(signIn && { signIn }) };
  const credentials = patientCredentials({
    source,
    waitMs: hours * HOUR_MS,
    hold,
    stopSwitch,
    clock,
    news: {
      signInEnded: (why, waitMs) => told.push(`ended (${why?.message ?? 'refused'}) ${waitMs / 60_000} min`),
      signInBack: (lastedMs) => told.push(`back after ${lastedMs / 60_000} min`),
    },
  });
  /** A call was signed with what is held, and refused. */
  const refusedCall = async (): Promise<boolean> => {
    source.refused(await source.current());
    return credentials.refresh(stopSwitch.signal);
  };
  /** The same, with those that came last. */
  const othersAgain = async (): Promise<void> => {
    source.refused(await source.current());
    await credentials.othersAgain?.();
  };
  return {
    clock,
    hold,
    stopSwitch,
    told,
    source,
    credentials,
    refusedCall,
    othersAgain,
    end: (why: RunError) => {
      trouble = why;
    },
    signInAgain: () => {
      signIns += 1;
      trouble = undefined;
    },
  };
}

describe('patientCredentials', () => {
  it('waits for a new sign-in while no call leaves, tells it once, and goes on with it', async () => {
    const { clock, hold, told, end, signInAgain, credentials, refusedCall } = scene(12);
    await credentials.current();
    end(ENDED);
    const calls = Promise.all([refusedCall(), refusedCall()]);
    await clock.run(clock.sleep(10));
    expect(hold.isOn()).toBe(true);
    void clock.sleep(90 * 60_000).then(signInAgain);
    expect(await clock.run(calls)).toEqual([true, true]);
    expect(hold.isOn()).toBe(false);
    expect(told).toEqual(['ended (The AWS sign-in has expired.) 720 min', 'back after 91 min']);
    expect((await credentials.current()).accessKeyId).toBe('KEY2');
  });

  it('waits where the files still hold what the service refuses', async () => {
    const { clock, told, signInAgain, credentials, refusedCall } = scene(1);
    await credentials.current();
    const call = refusedCall();
    void clock.sleep(5 * 60_000 - 1).then(signInAgain);
    expect(await clock.run(call)).toBe(true);
    expect(told).toEqual(['ended (refused) 60 min', 'back after 5 min']);
  });

  it('stops the run once it has waited in vain, with what is known of the cause', async () => {
    const { clock, stopSwitch, end, credentials, refusedCall } = scene(2);
    await credentials.current();
    end(ENDED);
    const call = refusedCall();
    await expect(clock.run(call)).rejects.toMatchObject({
      code: 'credentials_expired',
      message: 'The sign-in has ended, and no new one came within 2 hours: The AWS sign-in has expired.',
      advice: { code: 'sign_in' },
    });
    expect(clock.trueMs()).toBe(2 * HOUR_MS);
    expect(stopSwitch.signal.reason).toMatchObject({ code: 'credentials_expired' });
    // Whoever comes later doesn't wait once more.
    await expect(credentials.refresh()).rejects.toMatchObject({ message: textWith('2 hours') });
  });

  it('waits on, no longer in all, where the new sign-in is refused at once', async () => {
    const { clock, told, end, signInAgain, credentials, refusedCall, othersAgain } = scene(1);
    await credentials.current();
    end(ENDED);
    const call = refusedCall();
    void clock.sleep(10 * 60_000 - 1).then(signInAgain);
    await clock.run(call);
    const again = othersAgain();
    void clock.sleep(20 * 60_000 - 1).then(signInAgain);
    await clock.run(again);
    await clock.run(clock.sleep(5 * 60_000));
    const later = othersAgain();
    void clock.sleep(30_000).then(signInAgain);
    await clock.run(later);
    expect(told).toEqual([
      'ended (The AWS sign-in has expired.) 60 min',
      'back after 10 min',
      'ended (refused) 50 min',
      'back after 30 min',
      'ended (refused) 60 min',
      'back after 1 min',
    ]);
  });

  it('stops the run where the new sign-in is another’s', async () => {
    const { clock, end, credentials, refusedCall } = scene(2);
    await credentials.current();
    end(ENDED);
    const call = refusedCall();
    void clock.sleep(60_000).then(() => end(ANOTHERS));
    await expect(clock.run(call)).rejects.toBe(ANOTHERS);
  });

  it('ends at once with the run', async () => {
    const { clock, stopSwitch, end, credentials, refusedCall } = scene(2);
    await credentials.current();
    end(ENDED);
    const call = refusedCall();
    const stopped = new RunError('interrupted', 'SIGINT.');
    void clock.sleep(90_000).then(() => stopSwitch.stop(stopped));
    await expect(clock.run(call)).rejects.toBe(stopped);
    expect(clock.trueMs()).toBe(90_000);
  });

  it('waits for nothing where the option is not given, or nothing could come', () => {
    const { source: asked, credentials } = scene(0);
    expect(credentials).toBe(asked);
    const inEnvironment = scene(2, () => ({ mayReturn: false }));
    expect(inEnvironment.credentials).toBe(inEnvironment.source);
  });
});
