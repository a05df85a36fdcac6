import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** What stands beside the three columns in exports of Partner Central and of CRMs. */
const OTHER_COLUMNS = [
  ['Customer Company Name', (n) => `Example Company ${n % 9_973}`],
  ['Country', (n) => ['US', 'DE', 'JP', 'BR'][n % 4]],
  ['Industry', () => 'Software and Internet'],
  ['Title', (n) => `Migration of workload ${n}`],
  ['Notes', (n) => `"Asked on the phone, twice; ""urgent"", ticket ${n}"`],
  ['Stage', (n) => ['Qualified', 'Committed', 'Launched'][n % 3]],
  ['Review Status', () => 'Approved'],
  ['Target Close Date', (n) => `2026-${String((n % 12) + 1).padStart(2, '0')}-28`],
  ['Expected Monthly Revenue', (n) => `${(n % 500) * 100}.00`],
  ['Currency', () => 'USD'],
  ['Owner', (n) => `owner${n % 50}@partner.example`],
  ['Partner CRM Unique Identifier', (n) => `0061t00000${String(n).padStart(8, '0')}`],
  ['Delivery Model', () => 'SaaS or PaaS'],
  ['Created', (n) => `2025-11-${String((n % 28) + 1).padStart(2, '0')}T09:30:00Z`],
  ['Modified', (n) => `2026-10-${String((n % 28) + 1).padStart(2, '0')}T17:45:00Z`],
  ['Marketing Source', () => 'None'],
  ['Batch', (n) => `wave-${n % 7}`],
];

const LINES_PER_CHUNK = 1000;

/**
 * Writes a CSV of distinct, valid rows, three to an opportunity: a solution, a product and a marketplace offer.
 *
 * @param {string} path
 * @param {number} rows
 * @param {3 | 20} [columns]
 * @param {boolean} [quoted] whether all cells of the three columns are in quotes, as Salesforce and HubSpot write them
 * @returns {Promise<void>}
 */
export async function writeRows(path, rows, columns = 3, quoted = false) {
  const lines = chunksOf(rows, OTHER_COLUMNS.slice(0, columns - 3), quoted ? inQuotes : asItIs);
  await pipeline(Readable.from(lines), createWriteStream(path));
}

function* chunksOf(rows, others, written) {
  const header = [
    'OpportunityIdentifier',
    'RelatedEntityType',
    'RelatedEntityIdentifier',
    ...others.map(([name]) => name),
  ];
  yield `${header.map(written).join(',')}\n`;
  for (let first = 0; first < rows; first += LINES_PER_CHUNK) {
    let text = '';
    for (let n = first; n < Math.min(rows, first + LINES_PER_CHUNK); n += 1) {
      text += `${[...cellsOf(associationAt(n)).map(written), ...others.map(([, cell]) => cell(n))].join(',')}\n`;
    }
    yield text;
  }
}

function inQuotes(cell) {
  return `"${cell}"`;
}

function asItIs(cell) {
  return cell;
}

function cellsOf({ opportunityId, entity }) {
  return [opportunityId, entity.type, entity.id];
}

/**
 * The association that row `n`, from 0, of any generated file names.
 *
 * @param {number} n
 */
export function associationAt(n) {
  return { opportunityId: `O${1_000_000 + Math.floor(n / 3)}`, entity: entityAt(n) };
}

function entityAt(n) {
  switch (n % 3) {
    case 0:
      return { type: 'Solutions', id: `S-${String(n).padStart(7, '0')}` };
    case 1:
      return { type: 'AwsProducts', id: 'AmazonEC2' };
    default:
      return {
        type: 'AwsMarketplaceOffers',
        id: `arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-${n}`,
      };
  }
}
