import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CORPUS, CORPUS_FILES } from '../../corpus/corpus.ts';
import { anyFileOf, anySlip, slipped } from '../../property/slips.ts';
import { cases } from '../../soak.ts';
import { makeContext } from '../fake-context.ts';

const FILES = cases(1_200);
const FAST = ['--rate', 'unlimited', '--read-rate', 'unlimited'];
const READABLE = CORPUS.filter(({ rows }) => rows !== undefined).map(({ file }) =>
  readFileSync(join(CORPUS_FILES, file)),
);

const anyDamage = fc.oneof(
  { arbitrary: fc.uint8Array({ maxLength: 400 }), weight: 1 },
  {
    arbitrary: fc
      .tuple(anyFileOf(READABLE), fc.array(anySlip, { minLength: 1, maxLength: 3 }))
      .map(([file, slips]) => slips.reduce(slipped, file)),
    weight: 9,
  },
);

const damaged = fc.sample(anyDamage, { numRuns: FILES, seed: 20_240_509 });
for (const [index, bytes] of damaged.entries()) {
  test(`file ${index + 1} with slips in it is read or refused alike by check and by a run`, async () => {
    const context = makeContext();
    const file = context.write('people.csv', bytes);
    const checked = await context.end('check', file, '--json');
    const ended = await context.end(
      'disassociate',
      file,
      '--emulator',
      '--all-lines',
      '--emulator-solutions',
      context.write('solutions.csv', 'Id,Name\nS-0000001,Acme Cloud\n'),
      '-o',
      context.at('done.csv'),
      ...FAST,
    );

    expect([0, 1, 2]).toContain(checked.code);
    expect([ended.code, ended.err]).toEqual([checked.code, ended.err]);
    // What check prints with --json; it prints nothing where it refuses the file.
    const rows =
      checked.code === 2 ? 0 : (JSON.parse(checked.out) as { counts: { rows: number } }).counts.rows;
    expect(ended.err).toContain(
      checked.code === 2 ? `oppsweep: ${file}` : `Finished: ${rows.toLocaleString('en')} row`,
    );
  });
}
