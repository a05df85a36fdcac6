import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RunError } from '../../src/model/run-error.ts';
import { CORPUS, CORPUS_FILES } from '../corpus/corpus.ts';
import { compileProgram } from '../disk/compile-program.ts';
import type { ReadInput } from '../input/read-all.ts';
import { cases } from '../soak.ts';
import type { FuzzReport } from './programs/fuzz-input.ts';
import { MOST_MB, ownShareMb, runAlone } from './bulky/own-memory.ts';
import { anyFileOf, anySlip, faultsOf, readOrRefusal, slipped } from './slips.ts';

/** A process reads one file as a rule; after thousands, what it holds is what the garbage collector has put off. */
const CASES_EACH = 2_000;
const PROCESSES = cases(20);

const READABLE = CORPUS.filter(({ rows }) => rows !== undefined).map(({ file }) =>
  readFileSync(join(CORPUS_FILES, file)),
);
// A damaged gzip says how far it could be unpacked, which depends on the chunks.
const anyPlainFile = anyFileOf(READABLE).filter((bytes) => bytes[0] !== 0x1f);

/** What two readings of the same bytes must agree in. */
function gist(result: ReadInput | RunError): unknown {
  return result instanceof RunError ? result.message : [result.rows, result.input.tally()];
}

describe('bytes that nobody meant', () => {
  it('are read or refused, never a crash, when they are random', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 600 }),
        fc.integer({ min: 1, max: 700 }),
        async (bytes, chunk) => {
          expect(faultsOf(await readOrRefusal(Buffer.from(bytes), chunk))).toEqual([]);
        },
      ),
      { numRuns: cases(10_000), seed: 20_240_504 },
    );
  });

  it('account for every record when they are real files with slips in them, in bounded memory', async () => {
    const program = await compileProgram('test/property/programs/fuzz-input.ts');
    let read = 0;
    for (let index = 0; index < PROCESSES; index += 1) {
      const seed = 20_240_505 + index * CASES_EACH;
      // The program's own report.
      const report = JSON.parse(
        await runAlone(program, CORPUS_FILES, String(CASES_EACH), String(seed)),
      ) as FuzzReport;
      expect(report.faults).toEqual([]);
      expect(report.read + report.refused).toBe(CASES_EACH);
      expect(report.peakRssMb - (await ownShareMb())).toBeLessThan(MOST_MB);
      read += report.read;
    }
    // Were all refused, nothing would have been looked at.
    expect(read).toBeGreaterThan(PROCESSES * 600);
  });

  it('give the same rows whatever the chunks they come in', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlainFile, anySlip, fc.integer({ min: 1, max: 90 }), async (file, slip, chunk) => {
        const bytes = slipped(file, slip);
        expect(gist(await readOrRefusal(bytes, chunk))).toEqual(gist(await readOrRefusal(bytes, 65_536)));
      }),
      { numRuns: cases(8_000), seed: 20_240_506 },
    );
  });
});
