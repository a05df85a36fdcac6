import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { assertSoundJournal, journalFault } from '../../../src/run/record/journal-fault.ts';
import { fileRuns } from '../../../src/store/files/file-runs.ts';
import { chainFrom, NO_LINES } from '../../../src/store/journal-chain.ts';
import { checksumOf, decodeLine } from '../../../src/store/journal-line.ts';
import type { RunRecord } from '../../../src/store/run-store.ts';
import { realDisk } from '../../../src/disk/disk.ts';
import { thisMachine } from '../../../src/disk/machine.ts';
import { fakeService, type FakeService } from '../fake-service.ts';
import { instantClock, setJobStage, type JobStage } from '../job-stage.ts';

interface Finished {
  readonly stage: JobStage;
  readonly service: FakeService;
  readonly record: () => Promise<RunRecord>;
  readonly lines: () => string[];
  readonly write: (lines: readonly string[]) => void;
}

async function finishedRun(): Promise<Finished> {
  const stage = setJobStage(4, instantClock());
  onTestFinished(stage.remove);
  const service = fakeService(stage.named, instantClock());
  expect((await stage.run(service)).kind).toBe('finished');
  const { journal, results } = stage.paths;
  return {
    stage,
    service,
    record: async () => {
      const runs = fileRuns({ disk: realDisk, machine: thisMachine, clock: instantClock() });
      const record = await runs.record(results);
      if (record === undefined) throw new Error('The run is gone.');
      return record;
    },
    lines: () => readFileSync(journal, 'utf8').trimEnd().split('\n'),
    write: (lines) => writeFileSync(journal, lines.map((line) => `${line}\n`).join('')),
  };
}

/** With a right check sum, and the link that it had. */
function forged(line: string): string {
  const json = line.slice(9).replace('S-0000001', 'S-0000009');
  return `${checksumOf(json)} ${json}`;
}

describe('journalFault', () => {
  it('finds nothing in a run that was left alone', async () => {
    expect(await journalFault(await (await finishedRun()).record())).toBeUndefined();
  });

  it('finds a line that was forged, by the one behind it; nothing is undone or gone on with then', async () => {
    const { record, lines, write, stage, service } = await finishedRun();
    write(lines().map((line) => (line.includes('"t":"done"') ? forged(line) : line)));
    const run = await record();
    expect(await journalFault(run)).toMatch(/^line \d+ does not follow the one before it$/);
    await expect(assertSoundJournal(run)).rejects.toMatchObject({ code: 'state_damaged' });
    await expect(stage.run(service)).rejects.toMatchObject({ code: 'state_damaged' });
  });

  it('finds a journal that was cut, by its summary; it is not gone on with, and nothing is sent', async () => {
    const { record, lines, write, stage, service } = await finishedRun();
    write(lines().slice(0, -3));
    const sent = service.writes().length;
    await expect(stage.run(service)).rejects.toMatchObject({ code: 'state_damaged' });
    expect(service.writes()).toHaveLength(sent);
    expect(await journalFault(await record())).toMatch(
      /^the summary was written after \d+ lines, and it has \d+$/,
    );
  });

  it('finds a whole chain that was forged, by the summary that was not', async () => {
    const { record, lines, write } = await finishedRun();
    const chain = chainFrom(NO_LINES);
    write(
      lines().map((line) => {
        const entry = decodeLine(line.includes('"t":"done"') ? forged(line) : line);
        return entry === undefined ? line : chain.link(entry).trimEnd();
      }),
    );
    expect(await journalFault(await record())).toMatch(
      /^its line \d+ is not the one that the summary names$/,
    );
  });
});

describe('a run that was killed as it ended', () => {
  it('is sound without the line of its end, and gone on with', async () => {
    const { record, lines, write, stage, service } = await finishedRun();
    write(lines().slice(0, -1));
    expect(await journalFault(await record())).toBeUndefined();
    expect((await stage.run(service)).kind).toBe('finished');
  });

  it('is not taken for one whose summary is of another', async () => {
    const { record, stage } = await finishedRun();
    const other = { ...(JSON.parse(readFileSync(stage.paths.summary, 'utf8')) as object), runId: 'another' };
    writeFileSync(stage.paths.summary, JSON.stringify(other));
    expect(await journalFault(await record())).toMatch(/summary\.json is the summary of another run$/);
    const refused = assertSoundJournal(await record());
    await expect(refused).rejects.toThrow(/the folder and the summary are not of one run/);
  });
});

describe('the last hash', () => {
  it('is one and the same on the screen, in the summary and in status', async () => {
    const { record, stage } = await finishedRun();
    const { journal } = JSON.parse(readFileSync(stage.paths.summary, 'utf8')) as { readonly journal: object };
    expect((await record()).found.chain).toEqual(journal);
  });
});
