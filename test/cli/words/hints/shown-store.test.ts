import { describe, expect, it } from 'vitest';
import { shownStore, withShownStore } from '../../../../src/cli/words/hints/shown-store.ts';

describe('the URL of a store', () => {
  it.each([
    ['postgres://ann:s3cret@db.example:5433/runs', 'postgres://ann@db.example:5433/runs'],
    ['postgresql://db/runs?sslmode=require&password=s3cret', 'postgresql://db/runs?sslmode=require'],
    ['s3cret', 'postgres://user@host:5432/database'],
  ])('is shown without what may be secret: %s', (given, shown) => {
    expect(shownStore(given)).toBe(shown);
  });

  it('is so in a command line, however it is written there', () => {
    const words = ['disassociate', 'people.csv', '--store', 'postgres://ann:s3cret@db/runs', '--yes'];
    expect(withShownStore(words)[3]).toBe('postgres://ann@db/runs');
    expect(withShownStore(['status', '--store=postgres://ann:s3cret@db/runs'])[1]).toBe(
      '--store=postgres://ann@db/runs',
    );
  });
});
