import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRecord } from '../../../../src/run/record/find-record.ts';
import { readStatus } from '../../../../src/run/record/read-status.ts';
import { verifyRun } from '../../../../src/run/record/verify/verify-run.ts';
import { fileRuns } from '../../../../src/store/files/file-runs.ts';
import { runPaths } from '../../../../src/store/files/run-folder/run-paths.ts';
import { checksumOf } from '../../../../src/store/journal-line.ts';
import { realDisk } from '../../../../src/disk/disk.ts';
import { thisMachine } from '../../../../src/disk/machine.ts';
import { fakeService } from '../../fake-service.ts';
import { instantClock, setJobStage, type JobStage } from '../../job-stage.ts';

const LINKS = "the journal's lines follow each other: none before the last was changed, put in or left out";
const NAME = 'the journal and the summary are of results of this name';
const LINES = 'each line of the results tells of its row what the journal and the input tell';
const LAST = 'the journal has the lines that the summary was written after, the last one by its hash';

async function finishedRun(rows = 4): Promise<JobStage> {
  const stage = setJobStage(rows, instantClock());
  onTestFinished(stage.remove);
  const end = await stage.run(fakeService(stage.named, instantClock()));
  expect(end.kind).toBe('finished');
  return stage;
}

/** The checks that are not sound. */
async function unsound({ paths }: JobStage): Promise<readonly string[]> {
  const runs = fileRuns({ disk: realDisk, machine: thisMachine, clock: instantClock() });
  const { record } = await findRecord(paths.results, runs);
  if (record === undefined) throw new Error('The run is gone.');
  const { checks } = await verifyRun(record, await readStatus(record), {
    tool: 'oppsweep test',
    spell: (text) => text,
  });
  expect(checks.map(({ what }) => what)).toContain(LAST);
  return checks.filter(({ sound }) => !sound).map(({ what }) => what);
}

const linesIn = ({ paths }: JobStage): string[] => readFileSync(paths.journal, 'utf8').trimEnd().split('\n');

function writeLines({ paths }: JobStage, lines: readonly string[]): void {
  writeFileSync(paths.journal, lines.map((line) => `${line}\n`).join(''));
}

function forged(line: string, change: (json: string) => string): string {
  const json = change(line.slice(9));
  return `${checksumOf(json)} ${json}`;
}

describe('the chain of a finished run', () => {
  it('is whole where the run was left alone', async () => {
    expect(await unsound(await finishedRun())).toEqual([]);
  });

  it('is named by the summary, up to the line before the end', async () => {
    const stage = await finishedRun();
    const { journal } = JSON.parse(readFileSync(stage.paths.summary, 'utf8')) as {
      readonly journal: { readonly lines: number };
    };
    expect(journal.lines).toBe(linesIn(stage).length - 1);
  });

  it('shows a `done` line that was forged with a right check sum', async () => {
    const stage = await finishedRun();
    const lines = linesIn(stage);
    const at = lines.findIndex((line) => line.includes('"t":"done"'));
    writeLines(
      stage,
      lines.with(
        at,
        forged(lines[at] ?? '', (json) => json.replace('"answer"', '"read"')),
      ),
    );
    // The forged line tells that the answer was lost, the results that it was not.
    expect(await unsound(stage)).toEqual([LINKS, LINES]);
  });

  it.each(['garbage', 'garbage\n', '0badcafe {"t":"done"}\nmore\n'])(
    'shows what somebody wrote behind its end (%j)',
    async (tail) => {
      const stage = await finishedRun();
      appendFileSync(stage.paths.journal, tail);
      expect(await unsound(stage)).toEqual(["nothing stands behind the journal's end"]);
    },
  );

  it('shows lines that were cut out', async () => {
    const stage = await finishedRun();
    const lines = linesIn(stage);
    const at = lines.findIndex((line) => line.includes('"t":"answer"'));
    writeLines(stage, lines.toSpliced(at, 1));
    expect(await unsound(stage)).toContain(LINKS);
  });

  it('shows a chain that was forged as a whole, by the summary that is not of it', async () => {
    const [stage, other] = [await finishedRun(), await finishedRun()];
    cpSync(other.paths.journal, stage.paths.journal);
    expect(await unsound(stage)).toContain(LAST);
  });

  it('shows a folder that is another run’s', async () => {
    const [stage, other] = [await finishedRun(), await finishedRun()];
    rmSync(stage.paths.folder, { recursive: true });
    cpSync(other.paths.folder, stage.paths.folder, { recursive: true });
    expect(await unsound(stage)).toContain(LAST);
  });

  it.each([
    ['links that were taken out of all lines', 'journal'],
    ['a summary whose last hash was taken out', 'summary'],
  ] as const)('shows %s', async (_what, where) => {
    const stage = await finishedRun();
    if (where === 'journal') {
      const without = (json: string): string => json.replace(/^\{"n":\d+,"prev":"[0-9a-f]+",/, '{');
      writeLines(
        stage,
        linesIn(stage).map((line) => forged(line, without)),
      );
    } else {
      const { journal: _journal, ...rest } = JSON.parse(
        readFileSync(stage.paths.summary, 'utf8'),
      ) as object & {
        readonly journal: object;
      };
      writeFileSync(stage.paths.summary, JSON.stringify(rest));
    }
    expect(await unsound(stage)).toEqual([LAST]);
  });

  it.each<[string, (summary: Record<string, unknown>) => object]>([
    ['says more than a run does', (summary) => ({ ...summary, approvedBy: 'Ann' })],
    ['does not tell which rows were meant', ({ terms: _terms, ...summary }) => summary],
    ['does not tell of its sessions', ({ sessions: _sessions, ...summary }) => summary],
    [
      'says more of its results',
      (summary) => ({ ...summary, results: { name: 'people.results.csv', approvedBy: 'Ann' } }),
    ],
    ['is of another version', (summary) => ({ ...summary, version: 2 })],
    ['tells of a finish that only a plan has', (summary) => ({ ...summary, finishIfRunNow: '2025-01-31' })],
    ['does not tell when it ended', ({ finishedAt: _finishedAt, ...summary }) => summary],
  ])('shows a summary that %s', async (_what, change) => {
    const stage = await finishedRun();
    const summary = JSON.parse(readFileSync(stage.paths.summary, 'utf8')) as Record<string, unknown>;
    writeFileSync(stage.paths.summary, JSON.stringify(change(summary)));
    expect(await unsound(stage)).toContain('the summary has what a run writes, and nothing else');
  });

  it('shows a summary that names a member twice, of which a person reads the first', async () => {
    const stage = await finishedRun();
    const text = readFileSync(stage.paths.summary, 'utf8');
    writeFileSync(stage.paths.summary, text.replaceAll('\n', '\r\n'));
    expect(await unsound(stage)).toEqual([]);
    writeFileSync(stage.paths.summary, text.replace('"catalog"', '"catalog": "AWS", "catalog"'));
    expect(await unsound(stage)).toEqual(['the summary has what a run writes, and nothing else']);
  });

  it.each([
    ['end', /"finishedAt": "\d+/, '"finishedAt": "1999'],
    ['endpoint', /"endpoint": "fake/, '"endpoint": "https://production.example'],
  ])('shows another %s in the summary', async (_what, told, changed) => {
    const stage = await finishedRun();
    const text = readFileSync(stage.paths.summary, 'utf8');
    writeFileSync(stage.paths.summary, text.replace(told, changed));
    expect(await unsound(stage)).toHaveLength(1);
  });

  it('shows another run’s record that took this one’s name, and knows one that was set aside', async () => {
    const stage = await finishedRun();
    const renamed = (name: string): JobStage => {
      const paths = runPaths(join(stage.folder, name));
      for (const part of ['folder', 'results', 'summary'] as const) {
        cpSync(stage.paths[part], paths[part], { recursive: true });
      }
      return { ...stage, paths };
    };
    expect(await unsound(renamed('other.results.csv'))).toEqual([NAME]);
    expect(await unsound(renamed('people.2025-01-31T12-00-00Z-2.results.csv'))).toEqual([]);
  });
});
