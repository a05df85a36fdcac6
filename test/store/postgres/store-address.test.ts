import { describe, expect, it } from 'vitest';
import { storeAddress } from '../../../src/store/postgres/database/store-address.ts';

describe('the address of a store', () => {
  it('is told without user and password', () => {
    const { place } = storeAddress('postgres://ann:s3cret@db.example:5433/fleet?sslmode=require');
    expect(place).toBe('db.example:5433/fleet');
  });

  it.each(['mysql://ann:s3cret@db/fleet', 's3cret', 'postgres://ann:s3cret@:x/'])(
    'is refused where it is none of PostgreSQL: %s, in words that have nothing of it',
    (given) => {
      let refusal: unknown;
      try {
        storeAddress(given);
      } catch (error) {
        refusal = error;
      }
      expect(refusal).toMatchObject({ name: 'RunError', code: 'usage' });
      expect(String(refusal)).not.toContain('s3cret');
    },
  );
});
