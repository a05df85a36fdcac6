// Makes N writes with one client and prints how many milliseconds they took: what calls.mjs runs in processes of its own.
import { CONCURRENCY, connectTo } from './emulator-connection.mjs';
import { inParallel, openSdkClient } from './sdk-client.mjs';
import { associationAt } from './write-rows.mjs';

const [, , client, calls] = process.argv;

const { write, close } = client === 'sdk' ? await openSdkClient(process.env) : openOurs();
const startedMs = performance.now();
await inParallel(rows(Number(calls)), CONCURRENCY, write);
console.log(performance.now() - startedMs);
await close();

function openOurs() {
  const { partnerCentral } = connectTo(process.env);
  return {
    write: async (association) => {
      const answer = await partnerCentral.write({ operation: 'DisassociateOpportunity', association });
      if (!answer.ok) throw new Error(answer.fault.exception);
    },
    close: partnerCentral.close,
  };
}

function* rows(count) {
  for (let n = 0; n < count; n += 1) yield associationAt(n);
}
