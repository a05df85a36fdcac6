import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInput, type InputOptions } from '../../src/input/open-input.ts';
import { fileSource } from '../../src/input/read-file.ts';
import { RunError } from '../../src/model/run-error.ts';
import { readAll, rowLine } from './read-all.ts';

interface CorpusCase {
  readonly file: string;
  readonly origin: string;
  readonly options?: InputOptions;
  readonly rows?: readonly string[];
  readonly error?: { readonly code: string; readonly says: readonly string[] };
  readonly understood?: Readonly<Record<string, unknown>>;
  readonly tally?: Readonly<Record<string, number>>;
}

const CORPUS = join(import.meta.dirname, '..', 'corpus');
const FILES = join(CORPUS, 'files');
// The manifest is this test's own; a case that lacks a field fails below.
const CASES = JSON.parse(readFileSync(join(CORPUS, 'manifest.json'), 'utf8')) as readonly CorpusCase[];

const READABLE = CASES.filter(({ error }) => error === undefined);
const REFUSED = CASES.filter(({ error }) => error !== undefined);

describe('the corpus of files people really have', () => {
  it('names every file once and tells its origin', () => {
    expect(CASES.map(({ file }) => file).toSorted()).toEqual(readdirSync(FILES).toSorted());
    expect(CASES.filter(({ origin }) => origin.length < 10)).toEqual([]);
    expect(CASES.length).toBeGreaterThan(40);
  });

  it.each(READABLE)('reads $file: $origin', async ({ file, options, rows, understood, tally }) => {
    const input = await openInput(fileSource(join(FILES, file)), options ?? {});
    const lines: string[] = [];
    for await (const batch of input.batches) lines.push(...batch.map(rowLine));
    expect(lines).toEqual(rows);
    expect(input.tally().rows).toBe(lines.length);
    expect(input.tally()).toMatchObject(tally ?? {});
    const { understanding } = input;
    const { columns } = understanding;
    const facts = {
      ...understanding,
      ...understanding.dialect,
      isResultsFile: understanding.resultsFile !== undefined,
      opportunity: columns.opportunity.name,
    };
    expect(facts).toMatchObject(understood ?? {});
  });

  it.each(REFUSED)('refuses $file: $origin', async ({ file, options, error }) => {
    const refusal = await readAll(readFileSync(join(FILES, file)), options).catch((cause: unknown) => cause);
    const { code, message, hint } =
      refusal instanceof RunError ? refusal : { code: '', message: '', hint: '' };
    expect(code).toBe(error?.code);
    for (const part of error?.says ?? []) expect(`${message} ${hint}`).toContain(part);
    expect(hint).not.toBe('');
  });
});
