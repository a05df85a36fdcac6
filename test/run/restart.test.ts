import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import type { RunRequest } from '../../src/run/request/run-request.ts';
import { fakeService, type FakeService } from './fake-service.ts';
import { instantClock, setJobStage, type JobStage } from './job-stage.ts';

async function* text(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

/** A run that is finished, and all that its folder has. */
async function finished(): Promise<{
  stage: JobStage;
  service: FakeService;
  files: () => readonly string[];
}> {
  const stage = setJobStage(3, instantClock());
  onTestFinished(stage.remove);
  const service = fakeService(stage.named, instantClock());
  expect((await stage.run(service)).kind).toBe('finished');
  const files = (): readonly string[] =>
    readdirSync(stage.folder, { recursive: true }).map(String).toSorted();
  return { stage, service, files };
}

describe('a run that is begun anew', () => {
  it.each<[string, string, Partial<RunRequest>]>([
    ['without a header that tells the columns', 'input_columns', { inputBytes: text('a,b\n1,2\n') }],
    [
      'joined from two files',
      'input_columns',
      {
        inputBytes: text(
          'Opportunity ID,Solution,New\nO1,S-1,S-2\nOpportunity ID,New,Solution\nO2,S-1,S-2\n',
        ),
      },
    ],
    ['that does not have a column of a condition', 'input_columns', { inputOptions: { where: ['Team=x'] } }],
  ])('leaves the earlier one and its results where its input is one %s', async (_what, code, changes) => {
    const { stage, service, files } = await finished();
    const before = [files(), readFileSync(stage.paths.journal, 'utf8'), stage.results()];
    const again = stage.run(service, undefined, { restart: true, ...changes });
    await expect(again).rejects.toMatchObject({ code });
    expect([files(), readFileSync(stage.paths.journal, 'utf8'), stage.results()]).toEqual(before);
  });

  it('leaves the earlier one where nobody signs in, or the question is answered with no', async () => {
    const { stage, service, files } = await finished();
    const before = files();
    const refusal = new RunError('credentials_missing', 'No credentials.');
    const refuse = async (): Promise<never> => {
      throw refusal;
    };
    for (const job of [{ openService: refuse }, { confirm: refuse }]) {
      await expect(stage.run(service, undefined, { restart: true }, job)).rejects.toBe(refusal);
      expect(files()).toEqual(before);
    }
  });

  it('sets the earlier one aside once it begins', async () => {
    const { stage, service, files } = await finished();
    expect((await stage.run(service, undefined, { restart: true })).kind).toBe('finished');
    expect(files().filter((name) => /^people\.\d{4}-.*Z\.(oppsweep|results\..*)$/.test(name))).toHaveLength(
      3,
    );
    expect(files().filter((name) => name.includes('.tmp') || name.endsWith('lock'))).toEqual([]);
    expect(stage.results()).toHaveLength(4);
  });
});
