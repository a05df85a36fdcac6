import { describe, expect, it } from 'vitest';
import { storeAddress } from '../../../src/store/postgres/database/store-address.ts';

describe('the address of a store', () => {
  it('is told without user and password', () => {
    const { place } = storeAddress('postgres://ann:s3cret@db.example:5433/fleet?sslmode=require');
    expect(place).toBe('db.example:5433/fleet');
  });

  it('is refused with a sslmode that there is none of, with those that there are', () => {
    expect(() => storeAddress('postgres://ann@db/fleet?sslmode=bogus')).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining('"bogus"') as string }),
    );
  });

  it('is no URL where its password is not written as one: what to write is told', () => {
    expect(() => storeAddress('postgres://ann:s3/c#ret@db/fleet')).toThrow(
      expect.objectContaining({ advice: expect.objectContaining({ code: 'write_store_in_full' }) as object }),
    );
  });

  it.each([
    'mysql://ann:s3cret@db/fleet',
    's3cret',
    'postgres://ann:s3cret@:x/',
    'postgres://ann:12/s3cret@db/fleet',
    'postgres://ann:12#s3cret@db/fleet',
  ])('is refused where it is none of PostgreSQL: %s, in words that have nothing of it', (given) => {
    let refusal: unknown;
    try {
      storeAddress(given);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({ name: 'RunError', code: 'usage' });
    expect(String(refusal)).not.toContain('s3cret');
  });
});
