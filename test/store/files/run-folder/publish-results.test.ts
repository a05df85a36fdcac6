import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { realDisk, type Disk } from '../../../../src/disk/disk.ts';
import { RunError } from '../../../../src/model/run-error.ts';
import type { JournalEntry } from '../../../../src/store/journal-line.ts';
import type { JournalWriter } from '../../../../src/store/run-store.ts';
import { runPaths, type RunPaths } from '../../../../src/store/files/run-folder/run-paths.ts';
import { summarise } from '../../../../src/store/summary.ts';
import { publishResults } from '../../../../src/store/files/run-folder/publish-results.ts';
import { createFaultyDisk } from '../../../disk/faulty-disk.ts';
import { JOB } from '../../../results/samples.ts';
import { textWith } from '../../../text-with.ts';

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const SUMMARY = summarise(JOB, {
  command: 'disassociate',
  catalog: 'Sandbox',
  endpoint: 'emulator',
  results: { name: 'people.results.csv', sha256: sha256Of('every row') },
  counts: { rows: 1, byStatus: { disassociated: 1 }, byException: {}, attempts: 1 },
  sessions: [],
  finishedAt: '2025-01-31T13:00:00.000Z',
});

let paths: RunPaths;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'oppsweep-publish-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  paths = runPaths(join(folder, 'people.results.csv'));
  mkdirSync(paths.folder);
  writeFileSync(paths.partialResults, 'every row');
});

/** A journal in memory: what it was given, and which files were there by then. */
function journalOf(): JournalWriter & { readonly entries: JournalEntry[]; readonly seen: string[] } {
  const entries: JournalEntry[] = [];
  const seen: string[] = [];
  return {
    entries,
    seen,
    append: async (entry) => {
      seen.push(...readdirSync(join(paths.folder, '..')));
      entries.push(entry);
    },
    note: () => undefined,
  };
}

async function publish(journal: JournalWriter, disk: Disk = realDisk): Promise<void> {
  await publishResults(SUMMARY, { paths, journal, disk });
}

describe('publishResults', () => {
  it('gives results and summary their names, and ends the journal only then', async () => {
    const journal = journalOf();
    await publish(journal);
    expect(readFileSync(paths.results, 'utf8')).toBe('every row');
    expect(JSON.parse(readFileSync(paths.summary, 'utf8'))).toEqual(SUMMARY);
    expect(journal.seen.toSorted()).toEqual([
      'people.oppsweep',
      'people.results.csv',
      'people.results.summary.json',
    ]);
    expect(journal.entries).toEqual([
      {
        t: 'end',
        tally: SUMMARY.counts,
        resultsSha256: sha256Of('every row'),
        at: '2025-01-31T13:00:00.000Z',
      },
    ]);
  });

  it('fails before it ends the journal, whichever call fails, and does it all when asked again', async () => {
    for (let faultAt = 1; ; faultAt += 1) {
      writeFileSync(paths.partialResults, 'every row');
      const disk = createFaultyDisk(faultAt, 'EIO');
      const journal = journalOf();
      const outcome = await publish(journal, disk).then(
        () => 'published',
        (error: unknown) => (error instanceof RunError ? error.code : 'no RunError'),
      );
      // A temporary file that can't be removed is no failure: everything has its name by then.
      expect([outcome, journal.entries.length]).toEqual(
        outcome === 'published' ? ['published', 1] : ['results_unwritable', 0],
      );
      writeFileSync(paths.partialResults, 'every row');
      await publish(journalOf());
      expect(readFileSync(paths.results, 'utf8')).toBe('every row');
      expect(JSON.parse(readFileSync(paths.summary, 'utf8'))).toEqual(SUMMARY);
      if (disk.calls() < faultAt) break;
    }
  });

  it.each([
    ['results', 'somebody else’s'],
    ['summary', '{"runId":"another"}'],
  ] as const)('replaces no %s that appeared meanwhile, and says where its own are', async (part, text) => {
    writeFileSync(paths[part], text);
    const journal = journalOf();
    await expect(publish(journal)).rejects.toMatchObject({
      code: 'results_unwritable',
      message: textWith(/appeared while the run was under way, and is not replaced/),
      advice: { code: 'move_other_file_away' },
    });
    expect([readFileSync(paths[part], 'utf8'), journal.entries]).toEqual([text, []]);
    rmSync(paths[part]);
    // As the next session of the run does.
    writeFileSync(paths.partialResults, 'every row');
    await publish(journal);
    expect(readFileSync(paths.results, 'utf8')).toBe('every row');
    expect(JSON.parse(readFileSync(paths.summary, 'utf8'))).toEqual(SUMMARY);
  });

  it('replaces what an earlier session has published, told in other words', async () => {
    writeFileSync(paths.results, 'as an earlier version put it');
    const earlierSha256 = sha256Of('as an earlier version put it');
    await publishResults(SUMMARY, { paths, earlierSha256, journal: journalOf(), disk: realDisk });
    expect(readFileSync(paths.results, 'utf8')).toBe('every row');
  });
});
