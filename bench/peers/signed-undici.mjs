// The limit: signed calls over undici's pool, and nothing else. No file is read or written, no answer is looked at but for its status.
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { Pool } from 'undici';
import { associationAt } from '../write-rows.mjs';

const [, , calls, atOnce] = process.argv;

/** node:crypto behind the constructor that the signer takes. */
class Sha256 {
  #hash;

  constructor(secret) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(bytes) {
    this.#hash.update(bytes);
  }

  async digest() {
    return this.#hash.digest();
  }
}

const endpoint = new URL(process.env.AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING);
const pool = new Pool(endpoint.origin, { connections: Number(atOnce) });
const signer = new SignatureV4({
  service: 'partnercentral-selling',
  region: 'us-east-1',
  credentials: {
    accessKeyId: process.env.AWS_ACCESS_KEY_ID,
    secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
  },
  sha256: Sha256,
  applyChecksum: false,
});
let next = 0;
await Promise.all(Array.from({ length: Number(atOnce) }, work));
await pool.close();

async function work() {
  while (next < Number(calls)) await call(associationAt(next++));
}

async function call({ opportunityId, entity }) {
  const body = JSON.stringify({
    Catalog: 'Sandbox',
    OpportunityIdentifier: opportunityId,
    RelatedEntityType: entity.type,
    RelatedEntityIdentifier: entity.id,
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: '/',
    headers: {
      host: endpoint.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSPartnerCentralSelling.DisassociateOpportunity',
    },
    body,
  });
  const answer = await pool.request({ path: '/', method: 'POST', headers, body });
  await answer.body.text();
  if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
}
