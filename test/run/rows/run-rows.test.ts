import { describe, expect, it } from 'vitest';
import type { InputRow } from '../../../src/model/row.ts';
import type { DoneEntry, TryEntry } from '../../../src/store/journal-line.ts';
import type { RecordedOutcomes } from '../../../src/store/replay-outcomes.ts';
import type { SettledRow } from '../../../src/results/results-csv.ts';
import { limitReached, stoppedBySignal } from '../../../src/calls/stop/stop-reasons.ts';
import { DISASSOCIATED, fault, target, validRow } from '../../results/samples.ts';
import { settleDown } from '../settle-down.ts';

import {
  memoryJournal,
  NOTHING_RECORDED,
  setRowsStage,
  validRows,
  type MemoryJournal,
} from './rows-stage.ts';

const statuses = (given: readonly SettledRow[]): string[] => given.map(({ outcome }) => outcome.status);

function entriesOf<Kind extends 'try' | 'done'>(
  journal: MemoryJournal,
  kind: Kind,
): Extract<TryEntry | DoneEntry, { t: Kind }>[] {
  return journal.entries.filter(
    (entry): entry is Extract<TryEntry | DoneEntry, { t: Kind }> => entry.t === kind,
  );
}

describe('runRows', () => {
  it('settles every row, and gives them in the input’s order', async () => {
    await using stage = await setRowsStage({ rows: 20 });
    const { given, stopped } = await stage.run(validRows(20));
    expect(given.map(({ row }) => row.ordinal)).toEqual(Array.from({ length: 20 }, (_, ordinal) => ordinal));
    expect(new Set(statuses(given))).toEqual(new Set(['disassociated']));
    expect([stopped, stage.service.held()]).toEqual([undefined, []]);
  });

  it('spends no call on what the input alone decides', async () => {
    await using stage = await setRowsStage({ rows: 1 });
    const rows: InputRow[] = [
      {
        kind: 'invalid',
        ordinal: 0,
        row: 2,
        cells: [],
        cleaned: { opportunityId: '', entityType: '', entityId: '', replacementId: '' },
        problems: [{ kind: 'any', field: 'row', message: 'Wrong.' }],
      },
      { kind: 'duplicate', ordinal: 1, row: 3, cells: [], target: target(0), firstRow: 2 },
    ];
    expect(statuses((await stage.run(rows)).given)).toEqual(['invalid', 'duplicate']);
    expect([stage.service.writes(), stage.journal.entries]).toEqual([[], []]);
  });

  it('sends nothing for a row that an earlier session settled', async () => {
    await using stage = await setRowsStage({ rows: 3 });
    const recorded: RecordedOutcomes = {
      ...NOTHING_RECORDED,
      isOver: () => false,
      take: async (ordinal) => (ordinal === 1 ? DISASSOCIATED : undefined),
    };
    const { given } = await stage.run(validRows(3), { recorded });
    expect(given[1]?.outcome).toBe(DISASSOCIATED);
    expect(entriesOf(stage.journal, 'done').map(({ ordinal }) => ordinal)).toEqual([0, 2]);
    expect(stage.service.writes()).toHaveLength(2);
  });

  it('lets no call leave before its note is durable', async () => {
    const journal = memoryJournal('try');
    await using stage = await setRowsStage({ rows: 1, journal });
    const running = stage.run(validRows(1));
    await settleDown();
    expect([entriesOf(journal, 'try').length, stage.service.writes().length]).toEqual([1, 0]);
    journal.letThrough();
    expect(statuses((await running).given)).toEqual(['disassociated']);
  });

  it('gives no row out before its outcome is durable', async () => {
    const journal = memoryJournal('done');
    await using stage = await setRowsStage({ rows: 1, journal });
    let ended = false;
    const running = stage.run(validRows(1)).finally(() => {
      ended = true;
    });
    await settleDown();
    expect([entriesOf(journal, 'done').length, ended]).toEqual([1, false]);
    journal.letThrough();
    expect(statuses((await running).given)).toEqual(['disassociated']);
  });

  it('notes every try with its number, and the outcome with all of them', async () => {
    let calls = 0;
    await using stage = await setRowsStage({
      rows: 1,
      write: async () => {
        calls += 1;
        return calls < 3 ? { ok: false, fault: fault('throttled') } : { ok: true, requestId: `id-${calls}` };
      },
    });
    const { given } = await stage.run(validRows(1));
    expect(entriesOf(stage.journal, 'try').map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(given[0]?.outcome).toMatchObject({ calls: { attempts: 3, requestIds: ['id-3'] } });
  });

  it('stops at the limit, with what was begun settled', async () => {
    await using stage = await setRowsStage({ rows: 20 });
    const { given, stopped } = await stage.run(validRows(20), { limit: 5 });
    expect([given.length, stopped]).toEqual([5, limitReached().code]);
    expect(stage.service.writes()).toHaveLength(5);
  });

  it.each([
    ['access_denied', fault('denied')],
    ['credentials_expired', { ...fault('credentials'), exception: 'ExpiredTokenException' }],
    ['credentials_refused', { ...fault('credentials'), exception: 'UnrecognizedClientException' }],
  ])('names %s, and not the limit, where the limit’s rows are not done', async (code, met) => {
    await using stage = await setRowsStage({ rows: 0, write: async () => ({ ok: false, fault: met }) });
    const { given, stopped } = await stage.run(validRows(20), { limit: 3 });
    expect([given, stopped]).toEqual([[], code]);
  });

  it('finishes a file that the limit is just enough for', async () => {
    await using stage = await setRowsStage({ rows: 5 });
    expect((await stage.run(validRows(5), { limit: 5 })).stopped).toBeUndefined();
  });

  it('begins nothing more once it is stopped, and settles what has left', async () => {
    const journal = memoryJournal('done');
    await using stage = await setRowsStage({ rows: 20, journal, slots: 2 });
    const running = stage.run(validRows(20));
    await settleDown();
    stage.context.stopSwitch.stop(stoppedBySignal('SIGINT'));
    journal.letThrough();
    await settleDown();
    journal.letThrough();
    const { given, stopped } = await running;
    expect([stopped, given.length]).toEqual(['interrupted', stage.service.writes().length]);
    expect(given.length).toBeLessThan(20);
  });

  it('stops past the failures that are allowed', async () => {
    let writes = 0;
    await using stage = await setRowsStage({
      rows: 200,
      write: async () => {
        writes += 1;
        return { ok: false, fault: fault('refused') };
      },
    });
    const { given, stopped } = await stage.run(validRows(200), { maxFailures: { kind: 'rows', rows: 10 } });
    expect([stopped, new Set(statuses(given))]).toEqual(['too_many_failures', new Set(['failed'])]);
    expect(given.length).toBeGreaterThan(10);
    expect(writes).toBeLessThan(20);
  });

  it.each([
    ['one row', 1, 4],
    ['a long file', 50, 4],
    ['as many rows of one opportunity as there are slots', 50, 3],
  ])('stops, and blames no row, where access is denied to all: %s', async (what, count, slots) => {
    await using stage = await setRowsStage({
      rows: 0,
      slots,
      write: async () => ({ ok: false, fault: fault('denied') }),
    });
    const oneOpportunity = what.includes('one opportunity');
    const rows = validRows(count).map((row) =>
      oneOpportunity && row.kind === 'valid'
        ? { ...row, target: { ...row.target, opportunityId: target(1).opportunityId } }
        : row,
    );
    const { given, stopped } = await stage.run(rows, { protectLast: oneOpportunity });
    expect([given, stopped]).toEqual([[], 'access_denied']);
    expect(entriesOf(stage.journal, 'done')).toEqual([]);
  });

  it('lets rows that name the same association take effect one after the other', async () => {
    const replaced = (ordinal: number, old: string, fresh: string): InputRow => {
      const row = validRow(ordinal, { target: target(1, ['Solutions', fresh]) });
      const { entity } = target(Number(old));
      return { ...row, target: { ...row.target, entity } };
    };
    await using stage = await setRowsStage({ rows: 2 });
    // The second row removes what the first attaches.
    const { given } = await stage.run([replaced(0, '1', 'S-0000007'), replaced(1, '7', 'S-0000008')]);
    expect(statuses(given)).toEqual(['replaced', 'replaced']);
    expect(stage.service.held()).toContain('O1 Solutions S-0000008');
    expect(stage.service.held()).not.toContain('O1 Solutions S-0000007');
  });
});
