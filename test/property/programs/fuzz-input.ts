import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { RunError } from '../../../src/model/run-error.ts';
import { anyFileOf, anySlip, faultsOf, readOrRefusal, slipped } from '../slips.ts';

/** What became of all cases together. */
export interface FuzzReport {
  readonly read: number;
  readonly refused: number;
  /** What was wrong, and with which seed. */
  readonly faults: readonly string[];
  /** The most memory this process ever held, in MB of 2^20 bytes. */
  readonly peakRssMb: number;
}

const DRAWN_AT_ONCE = 500;

async function fuzz(files: readonly Buffer[], cases: number, seed: number): Promise<FuzzReport> {
  const anyCase = fc.tuple(
    anyFileOf(files),
    fc.array(anySlip, { minLength: 1, maxLength: 3 }),
    fc.integer({ min: 1, max: 500 }),
  );
  const faults: string[] = [];
  let read = 0;
  let refused = 0;
  for (let drawn = 0; drawn < cases; drawn += DRAWN_AT_ONCE) {
    const numRuns = Math.min(DRAWN_AT_ONCE, cases - drawn);
    for (const [file, slips, chunk] of fc.sample(anyCase, { numRuns, seed: seed + drawn })) {
      const result = await readOrRefusal(slips.reduce(slipped, file), chunk);
      faults.push(...faultsOf(result).map((fault) => `${fault} (seed ${seed + drawn})`));
      if (result instanceof RunError) refused += 1;
      else read += 1;
    }
  }
  return { read, refused, faults, peakRssMb: process.resourceUsage().maxRSS / 1024 };
}

const [folder = '', cases, seed] = process.argv.slice(2);
const corpus = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
process.stdout.write(JSON.stringify(await fuzz(corpus, Number(cases), Number(seed))));
