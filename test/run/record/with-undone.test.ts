import { expect, it } from 'vitest';
import { withUndone } from '../../../src/run/record/since/taken-back.ts';
import { foldRows, type RowsSoFar } from '../../../src/store/journal-state.ts';
import type { JournalEntry } from '../../../src/store/journal-line.ts';
import type { RunRecord } from '../../../src/store/run-store.ts';

const KEY = 'O1 Solutions S-0000001';

function soFar(...entries: readonly JournalEntry[]): RowsSoFar {
  const fold = foldRows();
  for (const entry of entries) fold.add(entry);
  return fold.soFar();
}

function tryOf(call: 'AssociateOpportunity' | 'DisassociateOpportunity'): JournalEntry {
  return { t: 'try', ordinal: 3, row: 5, key: KEY, call, n: 1, at: 1 };
}

function doneAs(status: 'associated' | 'already_present'): JournalEntry {
  const outcome = { status, confirmedBy: 'read', calls: { attempts: 1, requestIds: [] } };
  return { t: 'done', ordinal: 0, key: KEY, outcome } as unknown as JournalEntry; // as far as it is looked at
}

/** As far as it is looked at. */
function undo(name: string, ...entries: readonly JournalEntry[]): RunRecord {
  async function* lines(): AsyncGenerator<JournalEntry> {
    yield* entries;
  }
  return {
    places: { results: `/work/${name}` },
    state: soFar(...entries),
    entries: lines,
  } as unknown as RunRecord;
}

const IN_DOUBT = soFar(tryOf('DisassociateOpportunity')).unsettled;

it('marks what an undo has taken back, by the first that found something of it', async () => {
  const undos = [undo('first.csv', doneAs('associated')), undo('again.csv', doneAs('already_present'))];
  expect([...(await withUndone(IN_DOUBT, undos)).values()]).toMatchObject([
    { row: 5, undone: { by: 'first.csv', found: 'made' } },
  ]);
  expect([...(await withUndone(IN_DOUBT, undos.slice(1))).values()]).toMatchObject([
    { undone: { by: 'again.csv', found: 'not_made' } },
  ]);
  expect(await withUndone(IN_DOUBT, [])).toBe(IN_DOUBT);
});

it('goes no further while an undo has begun a row that the run has begun, too', async () => {
  const begun = undo('back.csv', tryOf('AssociateOpportunity'));
  await expect(withUndone(IN_DOUBT, [begun])).rejects.toMatchObject({
    code: 'run_held',
    message:
      'The undo back.csv has begun to take back row 5, and is not finished: what it has put back might be done again.',
  });
});
