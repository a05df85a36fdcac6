import { fileSource } from '../../../src/input/bytes/read-file.ts';
import { openInput } from '../../../src/input/open-input.ts';
import type { BulkReport } from '../bulky/read-bulk.ts';

/** Reads a workbook, as a child process whose memory is its own. */
const input = await openInput(fileSource(process.argv[2] ?? ''), {});
let rows = 0;
for await (const batch of input.batches) rows += batch.length;
const report: BulkReport = { became: `${rows} rows`, peakRssMb: process.resourceUsage().maxRSS / 1024 };
process.stdout.write(JSON.stringify(report));
