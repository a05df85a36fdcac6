import { describe, expect, it } from 'vitest';
import type { JobEntry } from '../../src/store/journal-line.ts';
import { assertSameInput, assertSameTerms } from '../../src/store/same-run.ts';

const JOB: JobEntry = {
  t: 'job',
  version: 1,
  id: 'a',
  tool: 'oppsweep',
  input: { name: 'people.csv', bytes: 10, sha256: 'aa' },
  results: 'done.csv',
  terms: {},
  at: '2026-01-01T00:00:00.000Z',
};

describe('a run that is gone on with', () => {
  it('takes the terms that it was begun with alone; one that the command tells is no matter', () => {
    const begun = (terms: JobEntry['terms']): JobEntry => ({ ...JOB, terms });
    const now = { terms: { command: 'undo', split: 'false' } };
    expect(() => assertSameTerms(begun(now.terms), now, 'done.oppsweep')).not.toThrow();
    const noted = begun({ ...now.terms, ownTable: 'true' });
    expect(() => assertSameTerms(noted, now, 'done.oppsweep')).not.toThrow();
    const other = begun({ ...now.terms, split: 'true' });
    expect(() => assertSameTerms(other, now, 'done.oppsweep')).toThrow('was begun with split true');
  });

  it('is no rehearsal where it is gone on with for real, and the other way round', () => {
    const rehearsed = { command: 'disassociate', catalog: 'Sandbox', endpoint: 'emulator' };
    const live = {
      ...rehearsed,
      catalog: 'AWS',
      endpoint: 'https://partnercentral-selling.us-east-1.api.aws',
    };
    const goesOn = (before: JobEntry['terms'], now: JobEntry['terms']) => (): void =>
      assertSameTerms({ ...JOB, terms: before }, { terms: now }, 'done.oppsweep');
    expect(goesOn(rehearsed, live)).toThrow(
      'The run in done.oppsweep is a rehearsal, which changed nothing at AWS, and this command is none.',
    );
    expect(goesOn(live, rehearsed)).toThrow(
      'The run in done.oppsweep is no rehearsal, and this command is one.',
    );
    expect(goesOn(rehearsed, { ...live, endpoint: 'emulator' })).toThrow('was begun with catalog Sandbox');
  });

  it('takes the same input under whatever name', () => {
    const moved = { name: '/elsewhere/folk.csv', bytes: 10, sha256: 'aa' };
    expect(() => assertSameInput(JOB, moved, 'done.oppsweep')).not.toThrow();
  });

  it('tells an input that has changed from another one', () => {
    const changed = { name: './people.csv', bytes: 12, sha256: 'bb' };
    expect(() => assertSameInput(JOB, changed, 'done.oppsweep')).toThrow(
      './people.csv has changed since its run in done.oppsweep was begun (10 bytes then, 12 now).',
    );
    expect(() => assertSameInput(JOB, { ...changed, bytes: 10 }, 'done.oppsweep')).toThrow(
      'was begun (of the same size, other content).',
    );
    const other = { name: 'sales.csv', bytes: 12, sha256: 'bb' };
    expect(() => assertSameInput(JOB, other, 'done.oppsweep')).toThrow(
      expect.objectContaining({
        message:
          'These are the results of another input: the run in done.oppsweep is that of people.csv, and this command names sales.csv.',
        advice: { code: 'name_other_results' },
      }),
    );
  });
});
