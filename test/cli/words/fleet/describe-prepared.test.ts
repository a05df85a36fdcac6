import { describe, expect, it } from 'vitest';
import { describePrepared } from '../../../../src/cli/words/fleet/describe-prepared.ts';
import type { PreparedFleet } from '../../../../src/fleet/prepare/prepare-fleet.ts';
import type { PreparedFile } from '../../../../src/fleet/prepare/prepare-run.ts';
import { emptyTally } from '../../../../src/input/rows/input-tally.ts';

function fileOf(account: string, invalid: number): PreparedFile {
  const input = { ...emptyTally(), rows: 90 + invalid, valid: 90, invalid, skipped: 1 };
  return {
    account,
    rowsToRun: 90,
    rows: 90,
    input,
    faults: [],
    writes: 90,
    replacing: undefined,
    unmapped: new Map(),
  };
}

function fleetOf(files: readonly PreparedFile[]): PreparedFleet {
  const changes = { removals: 0, attachments: 0, opportunities: 0 };
  const place = { catalog: 'AWS', endpoint: 'http://127.0.0.1:8080', awsOwn: false };
  return { place, fleet: { name: 'spring', options: '{}', runs: [] }, changes, files, longestMs: 180_000 };
}

describe('what is about to be queued', () => {
  it('is told over all accounts, with those whose rows are invalid', () => {
    const told = describePrepared('accounts.csv', fleetOf([fileOf('111', 0), fileOf('222', 3)]));
    expect(told).toBe(
      [
        'accounts.csv: 2 accounts; every file was read, and every account signed in to.',
        'Catalog  AWS: live data, at http://127.0.0.1:8080',
        'Rows     180 to send, 3 invalid (222: 3), 0 duplicate, 2 left out',
        '  and 3 more invalid rows',
        'Writes   180 at most; the account with the most takes 3 min, if every row needs its write',
        '',
      ].join('\n'),
    );
  });

  it('names the first invalid rows, each with what is wrong', () => {
    const faults = [3, 7, 9].map((row) => ({ row, message: `No ${row}.` }));
    const files = [fileOf('111', 5), fileOf('222', 3)].map((file) => ({ ...file, faults }));
    expect(describePrepared('accounts.csv', fleetOf(files))).toContain(
      [
        '',
        '  111, row 3: No 3.',
        '  111, row 7: No 7.',
        '  111, row 9: No 9.',
        '  222, row 3: No 3.',
        '  222, row 7: No 7.',
        '  and 3 more invalid rows',
        '',
      ].join('\n'),
    );
  });

  it('counts what a limit lets through', () => {
    const files = ['111', '222'].map((account) => ({ ...fileOf(account, 0), rows: 5, writes: 5 }));
    expect(describePrepared('accounts.csv', fleetOf(files))).toMatch(
      /Rows {5}10 of 180 to send, .*\nWrites {3}10 at most; /,
    );
  });

  it('tells what replaces what, and the identifiers that a map has nothing for, over all accounts', () => {
    const first = { heads: ['old', 'new'], pair: ['S-0000001', 'S-0000011'] } as const;
    const replacing = { kind: 'map', name: 'map.csv', pairs: 7, first } as const;
    const files = [3, 4].map((rows, n) => ({
      ...fileOf(`${n}`, 0),
      replacing,
      unmapped: new Map([['"S-0000002"', rows]]),
    }));
    const told = describePrepared('accounts.csv', fleetOf(files));
    expect(told).toContain(
      'Replaced by map.csv (7 pairs): "old" is replaced by "new", e.g. S-0000001 → S-0000011\n',
    );
    expect(told).toContain('--replace-map has nothing for 1 identifier;');
    expect(told).toContain('    "S-0000002": 7 rows\n');
  });

  it('names five accounts at most', () => {
    const files = Array.from({ length: 7 }, (_, index) => fileOf(`${index}`, 1));
    expect(describePrepared('accounts.csv', fleetOf(files))).toContain(
      '7 invalid (0: 1, 1: 1, 2: 1, 3: 1, 4: 1, 2 more accounts)',
    );
  });
});
