import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import { RESULT_COLUMNS, type ResultColumn } from '../../../src/model/result-columns.ts';
import { assertStillReplaced, rowsWritten } from '../../../src/run/record/replaced-before.ts';
import { surveyInput } from '../../../src/run/request/survey-input.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oppsweep-replaced-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Results of one failed row; its replacement is as it was, or emptied. */
function results(replacement: string): string {
  const cells: Readonly<Partial<Record<ResultColumn, string>>> = {
    row: '2',
    status: 'failed',
    exception: 'ResourceNotFoundException',
    message: 'Opportunity O1 not found.',
    opportunity_id: 'O1',
    entity_type: 'Solutions',
    entity_id: 'S-0000001',
    replacement_id: replacement,
    attempts: '1',
    started_at: '2026-11-27T09:48:49.552Z',
    finished_at: '2026-11-27T09:48:49.626Z',
  };
  const line = RESULT_COLUMNS.map((name) => cells[name] ?? '').join(',');
  return `Opportunity ID,Solution ID,${RESULT_COLUMNS.join(',')}\nO1,S-0000001,${line}\n`;
}

async function summary(name: string, content: unknown): Promise<void> {
  await writeFile(join(folder, name), JSON.stringify(content));
}

async function assertIn(name: string, text: string, options: InputOptions = {}): Promise<void> {
  async function* read(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text);
  }
  const input = { name: join(folder, name), read, options };
  await assertStillReplaced(input, await surveyInput(input));
}

describe('a row of results whose replacement was emptied', () => {
  it.each([
    ['replaceWith', 'replace-with', 'S-0000009'],
    ['replaceMap', 'replace-map', 'map.csv'],
  ])('is refused where the summary tells that all were replaced: %s', async (term, option, value) => {
    await summary('p.results.summary.json', { terms: { [term]: value } });
    await expect(assertIn('p.results.csv', results(''))).rejects.toMatchObject({
      code: 'usage',
      advice: { code: 'replace_as_before', option, value },
    });
    await assertIn('p.results.csv', results('S-0000009'));
    await assertIn('p.results.csv', results(''), { replaceWith: 'S-0000009' });
  });

  it('is refused where the results are of a run that was given these', async () => {
    await summary('p.results.summary.json', { terms: { replaceWith: 'S-0000009' } });
    await summary('p.again.results.summary.json', { terms: {}, input: { name: 'p.results.csv' } });
    await expect(assertIn('p.again.results.csv', results(''))).rejects.toMatchObject({ code: 'usage' });
  });

  it.each([
    ['there is no summary', undefined],
    ['it tells of no such run', { terms: { where: 'a=b' }, input: { name: 'p.csv' } }],
    ['it is none', [1]],
    ['it names itself', { input: { name: 'p.results.csv' } }],
  ])('is read as it stands where %s', async (_, content) => {
    if (content !== undefined) await summary('p.results.summary.json', content);
    await expect(assertIn('p.results.csv', results(''))).resolves.toBeUndefined();
  });
});

describe('the rows that the summary beside results tells of', () => {
  it('are known where it is of results of this name', async () => {
    await summary('p.results.summary.json', { results: { name: 'p.results.csv' }, counts: { rows: 6 } });
    await summary('q.results.summary.json', { results: { name: 'p.results.csv' }, counts: { rows: 6 } });
    expect(await rowsWritten(join(folder, 'p.results.csv'))).toBe(6);
    expect(await rowsWritten(join(folder, 'q.results.csv'))).toBeUndefined();
    expect(await rowsWritten(join(folder, 'x.results.csv'))).toBeUndefined();
  });
});
