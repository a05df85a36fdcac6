import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InputOptions } from '../../src/input/open-input.ts';

/** A file people really have, and what must come of it: README.md beside this file tells the fields. */
export interface CorpusCase {
  readonly file: string;
  readonly origin: string;
  readonly options?: InputOptions;
  readonly rows?: readonly string[];
  readonly error?: { readonly code: string; readonly says: readonly string[] };
  readonly understood?: Readonly<Record<string, unknown>>;
  readonly tally?: Readonly<Record<string, number>>;
}

export const CORPUS_FILES: string = join(import.meta.dirname, 'files');

/** The manifest is the tests' own; a case that lacks a field fails in them. */
export const CORPUS: readonly CorpusCase[] = JSON.parse(
  readFileSync(join(import.meta.dirname, 'manifest.json'), 'utf8'),
) as readonly CorpusCase[];
