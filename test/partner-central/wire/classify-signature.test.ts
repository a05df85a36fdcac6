import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/model/fault.ts';
import { readObject } from '../../../src/partner-central/wire/read-answer.ts';

const NOW_MS = Date.parse('2026-03-01T12:00:00Z');

function fault(status: number, body: unknown, headers: IncomingHttpHeaders = {}): Fault {
  const times = { signedAtMs: NOW_MS, answeredAtMs: NOW_MS };
  const reply = readObject({ status, headers, body: JSON.stringify(body) }, times);
  if (reply.ok) throw new Error('The answer was read as success.');
  return reply.fault;
}

describe('a signature refused', () => {
  const at = (offsetMs: number): IncomingHttpHeaders => ({ date: new Date(NOW_MS + offsetMs).toUTCString() });
  const refusal = { __type: 'InvalidSignatureException', message: 'The signature does not match.' };

  test.each([-600_000, -241_000, 241_000, 600_000])(
    'by a server whose clock is %i ms off is for the clock',
    (skewMs) => {
      expect(fault(403, refusal, at(skewMs))).toMatchObject({ kind: 'clock', clockSkewMs: skewMs });
    },
  );

  test.each([-239_000, 0, 239_000])(
    'by a server whose clock is %i ms off is for the credentials',
    (skewMs) => {
      const refused = fault(403, refusal, at(skewMs));
      expect(refused.kind).toBe('credentials');
      expect(refused).not.toHaveProperty('clockSkewMs');
    },
  );

  const words = 'Signature expired: 20260301T115000Z is now earlier than 20260301T120500Z';

  test('without a Date header is for the clock by its words, which tell the service’s time', () => {
    const message = `${words} (20260301T121000Z - 5 min.)`;
    expect(fault(403, { ...refusal, message })).toMatchObject({ kind: 'clock', clockSkewMs: 600_000 });
  });

  test.each([words, 'Signature not yet current: 20260301T121000Z is still later than 20260301T120500Z'])(
    'with the words "%s" is for the clock, and no figure is made up',
    (message) => {
      expect(fault(403, { ...refusal, message })).toMatchObject({ kind: 'clock' });
      expect(fault(403, { ...refusal, message })).not.toHaveProperty('clockSkewMs');
    },
  );

  test('is measured against the time signed, and told against this machine’s clock', () => {
    const answer = { status: 403, headers: at(600_000), body: JSON.stringify(refusal) };
    const corrected = readObject(answer, { signedAtMs: NOW_MS + 600_000, answeredAtMs: NOW_MS });
    expect(corrected).toMatchObject({ fault: { kind: 'credentials' } });
    const skewedAgain = readObject(answer, { signedAtMs: NOW_MS + 1_200_000, answeredAtMs: NOW_MS });
    expect(skewedAgain).toMatchObject({ fault: { kind: 'clock', clockSkewMs: 600_000 } });
  });

  test('under a Date header that is none is for the credentials', () => {
    expect(fault(403, refusal, { date: 'yesterday' }).kind).toBe('credentials');
  });
});
