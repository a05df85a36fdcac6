import { describe, expect, it } from 'vitest';
import { principalOf } from '../../../src/partner-central/sign-in/caller.ts';

const of = (arn: string, account = '123456789012'): string => principalOf({ account, arn });
const role = (name: string, session: string): string =>
  of(`arn:aws:sts::123456789012:assumed-role/${name}/${session}`);

describe('principalOf', () => {
  it('holds a role for the same, whatever name its session was given', () => {
    expect(role('cleanup', 'oppsweep-1790000000')).toBe(role('cleanup', '1790003600123456789'));
    expect(role('cleanup', 'one')).not.toBe(role('other', 'one'));
  });

  it('tells people apart who sign in by single sign-on to the same role, and users', () => {
    expect(role('AWSReservedSSO_Admin_0123', 'first')).not.toBe(role('AWSReservedSSO_Admin_0123', 'second'));
    expect(of('arn:aws:iam::123456789012:user/a')).not.toBe(of('arn:aws:iam::123456789012:user/b'));
  });

  it('tells accounts apart', () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/cleanup/x';
    expect(of(arn)).not.toBe(of(arn, '210987654321'));
  });
});
