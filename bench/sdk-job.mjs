// The script one would write in an afternoon: no validation, pace, retries of its own, journal or resume.
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { CONCURRENCY } from './emulator-connection.mjs';
import { inParallel, openSdkClient } from './sdk-client.mjs';

const [, , input, output] = process.argv;

const { write, close } = await openSdkClient(process.env);
const rows = createReadStream(input).pipe(parse({ columns: true }));
const results = stringify({ header: true });
const file = results.pipe(createWriteStream(output));
await inParallel(rows, CONCURRENCY, async (row) => {
  results.write({ ...row, ...(await statusOf(row)) });
});
results.end();
await finished(file);
await close();

async function statusOf(row) {
  try {
    await write({
      opportunityId: row.OpportunityIdentifier,
      entity: { type: row.RelatedEntityType, id: row.RelatedEntityIdentifier },
    });
    return { status: 'disassociated', exception: '' };
  } catch (error) {
    return { status: 'failed', exception: error.name };
  }
}
