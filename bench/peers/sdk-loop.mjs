// The loop one would write in an afternoon over the official client: no validation, pace, journal or resume. So many calls at once;
// with a retry mode, where one is named.
import { createReadStream, createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import {
  DisassociateOpportunityCommand,
  PartnerCentralSellingClient,
} from '@aws-sdk/client-partnercentral-selling';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';

const [, , input, output, atOnce, retryMode] = process.argv;

const client = new PartnerCentralSellingClient({
  region: 'us-east-1',
  ...(retryMode !== undefined && { retryMode, maxAttempts: 10 }),
});
const rows = createReadStream(input).pipe(parse({ columns: true }));
const results = stringify({ header: true });
const file = results.pipe(createWriteStream(output));
const iterator = rows[Symbol.asyncIterator]();
await Promise.all(Array.from({ length: Number(atOnce) }, work));
results.end();
await finished(file);
client.destroy();

async function work() {
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    results.write({ ...next.value, ...(await statusOf(next.value)) });
  }
}

async function statusOf(row) {
  try {
    const answer = await client.send(
      new DisassociateOpportunityCommand({
        Catalog: 'Sandbox',
        OpportunityIdentifier: row.OpportunityIdentifier,
        RelatedEntityType: row.RelatedEntityType,
        RelatedEntityIdentifier: row.RelatedEntityIdentifier,
      }),
    );
    return { status: 'disassociated', exception: '', requestId: answer.$metadata.requestId };
  } catch (error) {
    return { status: 'failed', exception: error.name, requestId: '' };
  }
}
