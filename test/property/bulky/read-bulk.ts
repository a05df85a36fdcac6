import { openInput } from '../../../src/input/open-input.ts';
import { RunError } from '../../../src/model/run-error.ts';
import { bulkOf } from './bulky.ts';

/** What became of a bulky file. */
export interface BulkReport {
  /** How many rows were handed on, or why none could be. */
  readonly became: string;
  /** The most memory this process ever held, in MB of 2^20 bytes. */
  readonly peakRssMb: number;
}

async function readBulk(kind: string): Promise<string> {
  try {
    const input = await openInput({ name: 'bulk.csv', bytes: bulkOf(kind) }, {});
    let rows = 0;
    for await (const batch of input.batches) rows += batch.length;
    return `${rows} rows`;
  } catch (error) {
    if (error instanceof RunError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const became = await readBulk(process.argv[2] ?? '');
const report: BulkReport = { became, peakRssMb: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(JSON.stringify(report));
