import { describe, expect, test } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import type { Credentials, CredentialSource } from '../../src/partner-central/access/credentials.ts';
import { refreshingCredentials } from '../../src/partner-central/sign-in/refreshing-credentials.ts';
import { CLOCK, connectTo, CREDENTIALS, DISASSOCIATE } from './connection.ts';
import { json, serve, type ReceivedCall } from './loopback.ts';

const TEN_MINUTES_MS = 600_000;

/** The instant a call claims to be made at, epoch milliseconds. */
function signedAt({ headers }: ReceivedCall): number {
  const stamp = String(headers['x-amz-date']);
  return Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function accessKeyOf({ headers }: ReceivedCall): string | undefined {
  return /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1];
}

describe('a clock that is off', () => {
  test.each([-TEN_MINUTES_MS, TEN_MINUTES_MS])(
    'by %i ms is told once, and corrected for the calls that follow',
    async (skewMs) => {
      const server = await serve((call, response) => {
        const serverMs = Date.now() + skewMs;
        const headers = { date: new Date(serverMs).toUTCString() };
        if (Math.abs(signedAt(call) - serverMs) < 300_000) json(response, 200, {}, headers);
        else
          json(response, 403, { __type: 'InvalidSignatureException', message: 'Signature expired' }, headers);
      });
      const partnerCentral = connectTo(server.url);
      const first = await partnerCentral.write(DISASSOCIATE);
      expect(first).toMatchObject({
        ok: false,
        fault: { kind: 'clock', exception: 'InvalidSignatureException' },
      });
      const toldMs = first.ok ? undefined : first.fault.clockSkewMs;
      // The Date header counts in whole seconds.
      expect(Math.abs((toldMs ?? 0) - skewMs)).toBeLessThan(2_000);
      expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ ok: true });
      expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ ok: true });
    },
  );

  test('that the correction does not cure is told again', async () => {
    const server = await serve((_call, response) => {
      const date = new Date(Date.now() + TEN_MINUTES_MS).toUTCString();
      json(response, 403, { __type: 'RequestExpired', message: 'Request has expired.' }, { date });
    });
    const partnerCentral = connectTo(server.url);
    for (let call = 0; call < 2; call += 1) {
      expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ ok: false, fault: { kind: 'clock' } });
    }
  });
});

describe('credentials', () => {
  test('that can’t be had are a fault that says so, and nothing is sent', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const source: CredentialSource = {
      current: () => Promise.reject(new RunError('credentials_missing', 'The sign-in ended.')),
      refused: () => {},
      refresh: () => Promise.resolve(false),
    };
    expect(await connectTo(server.url, { credentials: source }).write(DISASSOCIATE)).toEqual({
      ok: false,
      fault: {
        kind: 'credentials',
        exception: 'ExpiredTokenException',
        message: 'The sign-in ended.',
      },
    });
    expect(server.connections()).toBe(0);
  });

  test('refused in several calls at a time are renewed once, and each call hears of it', async () => {
    const old = CREDENTIALS;
    const renewed: Credentials = { ...CREDENTIALS, accessKeyId: 'AKIDRENEWED8888888' };
    const server = await serve((call, response) => {
      if (accessKeyOf(call) === renewed.accessKeyId) json(response, 200, {});
      else json(response, 403, { __type: 'ExpiredTokenException', message: 'The security token is expired' });
    });
    let loads = 0;
    const credentials = refreshingCredentials(
      () => Promise.resolve((loads += 1) === 1 ? old : renewed),
      CLOCK.wallMs,
    );
    const partnerCentral = connectTo(server.url, { credentials });
    const answers = await Promise.all([1, 2, 3].map(() => partnerCentral.write(DISASSOCIATE)));
    expect(answers.map((answer) => !answer.ok && answer.fault.kind)).toEqual([
      'credentials',
      'credentials',
      'credentials',
    ]);
    // One after another, as late answers do.
    for (let late = 0; late < answers.length; late += 1) expect(await credentials.refresh()).toBe(true);
    expect(loads).toBe(2);
    expect(await partnerCentral.write(DISASSOCIATE)).toMatchObject({ ok: true });
  });

  test('without a session token send none', async () => {
    const server = await serve((_call, response) => json(response, 200, {}));
    const { sessionToken: _none, ...lasting } = CREDENTIALS;
    const credentials = refreshingCredentials(() => Promise.resolve(lasting), CLOCK.wallMs);
    await connectTo(server.url, { credentials }).write(DISASSOCIATE);
    expect(server.received[0]?.headers).not.toHaveProperty('x-amz-security-token');
    expect(server.received[0]?.headers.authorization).toContain('content-type;host;x-amz-date;x-amz-target');
  });
});
