import { describe, expect, it } from 'vitest';
import type { RowStatus } from '../../../src/model/outcome.ts';
import { RESULT_COLUMNS } from '../../../src/model/result-columns.ts';
import { carriedOutcome, ownOutcome } from '../../../src/run/rows/told-outcome.ts';
import { readAll } from '../../input/read-all.ts';

const HEADER = ['Opportunity ID', 'Solution ID', 'Decision', ...RESULT_COLUMNS].join(',');

/** A line of results: `O1 S-0000001 failed`; its own cells and ours say the same. */
function line(text: string): string {
  const [opportunity = '', entity = '', status = '', decision = ''] = text.split(' ');
  const ours: readonly (readonly [string, string])[] = [
    ['row', '2'],
    ['status', status],
    ['opportunity_id', opportunity],
    ['entity_type', 'Solutions'],
    ['entity_id', entity],
    ['message', status === 'duplicate' ? 'Same as row 2.' : ''],
  ];
  const cells = new Map(ours);
  return [opportunity, entity, decision, ...RESULT_COLUMNS.map((name) => cells.get(name) ?? '')].join(',');
}

/** What becomes of each row where only these statuses are run: `sent`, or what its line says. */
async function runAgain(
  rows: readonly string[],
  only?: readonly RowStatus[],
  where: readonly string[] = [],
): Promise<readonly string[]> {
  const read = await readAll([HEADER, ...rows.map(line), ''].join('\n'), { only, where });
  return read.rows.map((row) => {
    const outcome = carriedOutcome(row, only) ?? (row.kind === 'valid' ? undefined : ownOutcome(row));
    if (outcome === undefined) return 'sent';
    if (outcome.status === 'duplicate') return `duplicate of row ${outcome.firstRow}`;
    if (outcome.status === 'invalid') return `invalid: ${outcome.problems[0].message}`;
    return outcome.status === 'carried' ? `kept ${outcome.earlier.status}` : outcome.status;
  });
}

const GONE = /^invalid: It was a duplicate, and no row above it is the same any more/;

describe('a row that keeps its line', () => {
  it.each<RowStatus>(['skipped', 'disassociated', 'already_absent'])(
    'makes no later one a duplicate that is asked for: %s',
    async (status) => {
      const rows = [`O1 S-0000001 ${status}`, 'O1 S-0000001 failed'];
      expect(await runAgain(rows, ['failed'])).toEqual([`kept ${status}`, 'sent']);
    },
  );

  it('makes none a duplicate either where all are asked for but what was left out', async () => {
    expect(await runAgain(['O1 S-0000001 skipped', 'O1 S-0000001 failed'])).toEqual(['kept skipped', 'sent']);
  });

  it('is a duplicate of the row above it that is the same, be that asked for or not', async () => {
    expect(await runAgain(['O1 S-0000001 failed', 'O1 S-0000001 duplicate'], ['failed'])).toEqual([
      'sent',
      'duplicate of row 2',
    ]);
    const done = ['O2 S-0000001 failed', 'O1 S-0000001 disassociated', 'O1 S-0000001 duplicate'];
    expect(await runAgain(done, ['failed'])).toEqual(['sent', 'kept disassociated', 'duplicate of row 3']);
  });

  it('is asked about where the row that it was a duplicate of has been corrected, or stands below it', async () => {
    const corrected = await runAgain(['O1 S-0000005 failed', 'O1 S-0000001 duplicate'], ['failed']);
    expect(corrected).toEqual(['sent', expect.stringMatching(GONE)]);
    const sorted = await runAgain(['O1 S-0000001 duplicate', 'O1 S-0000001 failed'], ['failed']);
    expect(sorted).toEqual([expect.stringMatching(GONE), 'sent']);
  });

  it('is a duplicate still of a row that a condition leaves out', async () => {
    const rows = [
      'O1 S-0000001 disassociated keep',
      'O1 S-0000001 duplicate remove',
      'O2 S-0000001 failed remove',
    ];
    const told = await runAgain(rows, ['failed'], ['Decision=remove']);
    expect(told).toEqual(['kept disassociated', 'duplicate of row 2', 'sent']);
  });

  it('is done where duplicates are asked for', async () => {
    const rows = ['O1 S-0000001 duplicate', 'O1 S-0000001 duplicate'];
    expect(await runAgain(rows, ['duplicate'])).toEqual(['sent', 'duplicate of row 2']);
    expect(await runAgain(rows)).toEqual(['sent', 'duplicate of row 2']);
  });
});
