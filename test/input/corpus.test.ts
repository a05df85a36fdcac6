import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hintOf } from '../../src/cli/words/hints/hints.ts';
import { openInput } from '../../src/input/open-input.ts';
import { fileSource } from '../../src/input/bytes/read-file.ts';
import { RunError } from '../../src/model/run-error.ts';
import { CORPUS, CORPUS_FILES } from '../corpus/corpus.ts';
import { readAll, rowLine } from './read-all.ts';

const READABLE = CORPUS.filter(({ error }) => error === undefined);
const REFUSED = CORPUS.filter(({ error }) => error !== undefined);

describe('the corpus of files people really have', () => {
  it('names every file once and tells its origin', () => {
    expect(CORPUS.map(({ file }) => file).toSorted()).toEqual(readdirSync(CORPUS_FILES).toSorted());
    expect(CORPUS.filter(({ origin }) => origin.length < 10)).toEqual([]);
    expect(CORPUS.length).toBeGreaterThan(40);
  });

  it.each(READABLE)('reads $file: $origin', async ({ file, options, rows, understood, tally }) => {
    const input = await openInput(fileSource(join(CORPUS_FILES, file)), options ?? {});
    const lines: string[] = [];
    for await (const batch of input.batches) lines.push(...batch.map(rowLine));
    expect(lines).toEqual(rows);
    expect(input.tally().rows).toBe(lines.length);
    expect(input.tally()).toMatchObject(tally ?? {});
    const { table } = input;
    const { columns } = table;
    const facts = {
      ...table,
      ...table.dialect,
      isResultsFile: table.resultsFile !== undefined,
      opportunity: columns.opportunity.name,
    };
    expect(facts).toMatchObject(understood ?? {});
  });

  it.each(REFUSED)('refuses $file: $origin', async ({ file, options, error }) => {
    const refusal = await readAll(readFileSync(join(CORPUS_FILES, file)), options).catch(
      (cause: unknown) => cause,
    );
    if (!(refusal instanceof RunError)) throw new Error('It was not refused.');
    const { code, message } = refusal;
    const hint = hintOf(refusal);
    expect(code).toBe(error?.code);
    for (const part of error?.says ?? []) expect(`${message} ${hint}`).toContain(part);
    expect(hint).not.toBe('');
  });
});
