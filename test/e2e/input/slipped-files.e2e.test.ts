import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CORPUS, CORPUS_FILES } from '../../corpus/corpus.ts';
import { anyFileOf, anySlip, slipped } from '../../property/slips.ts';
import { runProgram } from '../stage/program.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';

const FILES = 60;
const REHEARSAL = ['--emulator', '-o', 'done.csv', '--rate', 'unlimited', '--read-rate', 'unlimited'];
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
  test.concurrent(`file ${index + 1} with slips in it is read or refused alike by check and by a run`, async (task) => {
    const folder = makeWorkFolder(task);
    folder.write('people.csv', bytes);
    const checked = await runProgram(['check', 'people.csv', '--json'], folder);
    const ended = await runProgram(['disassociate', 'people.csv', ...REHEARSAL], folder);

    for (const { code, stderr } of [checked, ended]) {
      expect(stderr).not.toMatch(/^\s+at .*\d+:\d+\)?$/m);
      expect(stderr).not.toContain('an error of its own');
      expect([0, 1, 2]).toContain(code);
    }
    expect([ended.code, ended.stderr]).toEqual([checked.code, ended.stderr]);
    // What check prints with --json; it prints nothing where it refuses the file.
    const rows =
      checked.code === 2 ? 0 : (JSON.parse(checked.stdout) as { counts: { rows: number } }).counts.rows;
    expect(ended.stderr).toContain(
      checked.code === 2 ? 'oppsweep: people.csv' : `Finished: ${rows.toLocaleString('en')} row`,
    );
  });
}
