import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const PAGE = readFileSync(resolve('docs/aws.md'), 'utf8');

/** The last cell of each line of the tables: a test file and a title. */
const SHOWN_BY = [...PAGE.matchAll(/\| `([\w./-]+)` ([^|]+) \|$/gm)].map(
  ([, file = '', title = '']) => [file, title.trim()] as const,
);

test('each line of the page about AWS names a test', () => {
  const lines = PAGE.split('\n').filter((line) => /^\| (?!what|---)/.test(line));
  expect(SHOWN_BY).toHaveLength(lines.length);
  expect(lines.length).toBeGreaterThan(30);
});

test.each(SHOWN_BY)('%s has a test of the title: %s', (file, title) => {
  const suffix = file.includes('e2e') ? '.e2e.test.ts' : '.test.ts';
  const text = readFileSync(resolve('test/partner-central', `${file}${suffix}`), 'utf8');
  expect(text).toContain(`'${title}'`);
});
