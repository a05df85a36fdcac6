import { oneOf, type Draw } from './sound-files.ts';

const ARN = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace';

export type Role =
  | 'opportunity'
  | 'type'
  | 'entity'
  | 'replacement'
  | 'old'
  | 'customer'
  | 'region'
  | 'notes'
  | 'decision'
  | 'amount';

const HEADERS: Readonly<Record<Role, string>> = {
  opportunity: 'Opportunity ID',
  type: 'Entity Type',
  entity: 'Entity ID',
  replacement: 'Replacement',
  old: 'Previous Solution',
  customer: 'Customer',
  region: 'Region',
  notes: 'Notes',
  decision: 'Decision',
  amount: 'Amount',
};

/** Orders of columns as exports have them; `old` and `replacement` hold identifiers that must never be taken for the entity. */
export const LAYOUTS: readonly [readonly Role[], ...(readonly Role[])[]] = [
  ['opportunity', 'customer', 'old', 'entity', 'notes'],
  ['opportunity', 'customer', 'entity', 'old'],
  ['customer', 'opportunity', 'entity', 'amount', 'old'],
  ['opportunity', 'region', 'customer', 'entity', 'replacement', 'notes'],
  ['region', 'opportunity', 'customer', 'type', 'entity', 'old', 'notes'],
  ['opportunity', 'type', 'customer', 'entity'],
  ['entity', 'opportunity', 'customer'],
  ['customer', 'entity', 'old', 'opportunity', 'notes'],
];

/** The same, with a column that decides about rows. */
export const DECIDED_LAYOUTS: readonly [readonly Role[], ...(readonly Role[])[]] = [
  ['opportunity', 'entity', 'customer', 'decision', 'region'],
  ['opportunity', 'customer', 'entity', 'amount', 'decision'],
  ['decision', 'opportunity', 'customer', 'entity', 'region'],
];

export type Row = Readonly<Record<Role, string>>;

const CUSTOMERS = ['Acme', 'Birch, Inc', 'Cedar GmbH', 'Delta, Sons, and Co', 'Eagle Ltd'] as const;

export interface Table {
  readonly roles: readonly Role[];
  readonly rows: readonly Row[];
}

export function anyTable(draw: Draw, layouts: typeof LAYOUTS = LAYOUTS): Table {
  const roles = oneOf(layouts, draw);
  const count = 20 + Math.floor(draw() * 30);
  const products = roles.includes('type') && draw() < 0.5;
  const rows = Array.from({ length: count }, (_, index) => {
    const isProduct = products && draw() < 0.5;
    return {
      opportunity: `O${4_100_001 + index}`,
      type: isProduct ? 'AwsProducts' : 'Solutions',
      entity: isProduct ? oneOf(['AmazonEC2', 'AmazonS3', 'AWSLambda'], draw) : `S-000${1000 + index}`,
      replacement: draw() < 0.7 ? `S-000${5000 + index}` : '',
      old: draw() < 0.8 ? `S-000${9000 + index}` : '',
      customer: oneOf(CUSTOMERS, draw),
      region: draw() < 0.8 ? oneOf(['EMEA', 'APAC'], draw) : '',
      notes:
        draw() < 0.6
          ? oneOf(['fine', 'moved from O1000001, S-0000009', 'call\nwrite', `see ${ARN}`], draw)
          : '',
      decision: index % 3 === 0 ? 'keep' : 'remove',
      amount: draw() < 0.8 ? `${Math.floor(draw() * 900)}.00` : '',
    };
  });
  return { roles, rows };
}

export const quoted = (cell: string): string =>
  /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
export const headerLine = (roles: readonly Role[]): string => roles.map((role) => HEADERS[role]).join(',');
export const cellsOf = (row: Row, roles: readonly Role[]): string[] => roles.map((role) => row[role]);
export const lineOf = (row: Row, roles: readonly Role[]): string => cellsOf(row, roles).map(quoted).join(',');
