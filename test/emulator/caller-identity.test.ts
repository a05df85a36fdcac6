import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { askSts, call, type Received, type Signing } from './signed-post.ts';
import { startForTest } from './start-for-test.ts';

function getCallerIdentity(emulator: Emulator, signing: Signing): Promise<Received> {
  return askSts(emulator, { Action: 'GetCallerIdentity' }, signing);
}

describe('GetCallerIdentity', () => {
  it.each(['us-east-1', 'eu-central-1'])('answers the account, signed for %s', async (region) => {
    const answer = await getCallerIdentity(await startForTest(), { region });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml']);
    expect(answer.text).toContain('<Account>123456789012</Account>');
    expect(answer.text).toMatch(/<Arn>arn:aws:sts::123456789012:assumed-role\/[^<]+<\/Arn>/);
  });

  it('answers the account whose key it was signed with, each with a quota of its own', async () => {
    const emulator = await startForTest({ writesPerSecond: 1 });
    const other = { accessKeyId: 'OPPSWEEP111122223333' };
    const answer = await getCallerIdentity(emulator, other);
    expect(answer.text).toContain('<Account>111122223333</Account>');
    const write = async (signing: Signing): Promise<number> => {
      await call(emulator, 'DisassociateOpportunity', { Catalog: 'Sandbox' }, signing);
      return emulator.counts().exceptions['ThrottlingException'] ?? 0;
    };
    expect([await write({}), await write(other), await write({})]).toEqual([0, 0, 1]);
  });

  it('is refused in XML, signed for another service', async () => {
    const answer = await getCallerIdentity(await startForTest(), { service: 'partnercentral-selling' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('<Code>InvalidSignatureException</Code>');
  });

  it('can be denied by a script', async () => {
    const emulator = await startForTest();
    emulator.script([{ kind: 'denied', operation: 'GetCallerIdentity', times: 1 }]);
    const answer = await getCallerIdentity(emulator, {});
    expect(answer.text).toMatch(/<Type>Sender<\/Type><Code>AccessDenied\w*<\/Code>/);
  });

  it('and AssumeRole are the only actions of their service', async () => {
    const answer = await askSts(await startForTest(), { Action: 'GetSessionToken' });
    expect(answer.text).toContain('<Code>InvalidAction</Code>');
  });

  it('takes from no quota', async () => {
    const emulator = await startForTest({ readsPerSecond: 0, writesPerSecond: 0 });
    expect((await getCallerIdentity(emulator, {})).status).toBe(200);
  });
});
