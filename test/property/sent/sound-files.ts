import type { InputOptions } from '../../../src/input/open-input.ts';

/** A sound file, and what must be read from it. Made without any code that judges files. */
export interface SoundFile {
  readonly text: string;
  readonly options: InputOptions;
  /** As `rowLine` writes it: one for each row. */
  readonly rows: readonly string[];
}

/** Uniform draws from [0, 1). */
export type Draw = () => number;

/** Mulberry32: the same numbers for the same seed, everywhere. */
export function drawsFrom(seed: number): Draw {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function oneOf<Value>(values: readonly [Value, ...Value[]], draw: Draw): Value {
  return values[Math.floor(draw() * values.length)] ?? values[0];
}

const digits = (count: number, draw: Draw): string =>
  Array.from({ length: count }, () => Math.floor(draw() * 10)).join('');

const OPPORTUNITY_HEADERS = [
  'OpportunityIdentifier',
  'Opportunity id',
  'AWS Opportunity ID',
  'ACE Opportunity ID',
  'ACE OPP ID',
  'APN CRM ID',
  'APN CRM Unique Identifier',
  'awsapn__APN_CRM_Id__c',
  'apn_crmunique_identifier',
  'aws_opportunity_id',
] as const;

const ENTITY_HEADERS = [
  'RelatedEntityIdentifier',
  'Related Entity',
  'Entity ID',
  'Offering ID',
  'Solution Offered',
  'Solutions Offered',
] as const;

const ARN = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace';
const CODES = ['AmazonEC2', 'AmazonS3', 'AWSLambda', 'AmazonRDS', 'comprehend', 'AWSELB'] as const;

/** An identifier of each type, of a usual length or of any. */
const IDENTIFIERS: Readonly<Record<string, (draw: Draw, usual: boolean) => string>> = {
  Solutions: (draw, usual) => `S-${digits(usual ? 7 : 1 + Math.floor(draw() * 19), draw)}`,
  AwsProducts: (draw) => oneOf(CODES, draw),
  AwsMarketplaceOffers: (draw) => `${ARN}/Offer/offer-${digits(8, draw)}`,
  AwsMarketplaceOfferSets: (draw) => `${ARN}/OfferSet/offerset-${digits(8, draw)}`,
  AwsMarketplaceSolutions: (draw) => `${ARN}/Solution/soln-${digits(8, draw)}`,
  AwsMarketplaceProducts: (draw) => `${ARN}/SaaSProduct/prod-${digits(8, draw)}`,
};
const TYPES = Object.keys(IDENTIFIERS) as [string, ...string[]];

const solution = (draw: Draw): string => `S-${digits(7, draw)}`;
const opportunity = (draw: Draw): string => `O${digits(7, draw)}`;
const name = (draw: Draw): string =>
  oneOf(['Acme', 'Birch, Inc', 'Cedar GmbH', 'Amazon', 'Delta "D" Ltd'], draw);

/** Other columns that such files have, with what stands in them; an empty cell now and then. */
const OTHERS: readonly (readonly [header: string, value: (draw: Draw) => string])[] = [
  ['Customer', name],
  ['Parent Opportunity ID', opportunity],
  ['APN Opportunity ID', (draw) => `0061U00000${digits(5, draw)}QAY`],
  ['Partner CRM Unique Identifier', (draw) => `crm-${digits(4, draw)}`],
  ['Previous Solution', solution],
  ['Old Offer ARN', (draw) => `${ARN}/Offer/offer-${digits(8, draw)}`],
  ['Services used', (draw) => oneOf(CODES, draw)],
  ['Stage', (draw) => oneOf(['Qualified', 'Committed', 'Launched'], draw)],
  ['Amount', (draw) => `${digits(4, draw)}.00`],
  ['Owner', (draw) => oneOf(['Ann', 'Oscar', 'Sven', 'a.smith@partner.example'], draw)],
  ['Close Date', (draw) => `2026-0${1 + Math.floor(draw() * 9)}-1${Math.floor(draw() * 9)}`],
  [
    'Notes',
    (draw) =>
      oneOf(
        [
          'ok',
          `moved from ${opportunity(draw)}, ${solution(draw)}`,
          `see ${solution(draw)}`,
          `duplicate of ${opportunity(draw)}`,
          'called\nwrote',
          `was ${solution(draw)}\nwill be ${solution(draw)}`,
          `said "${solution(draw)}"`,
          'S-Bahn',
          'Offer sent',
        ],
        draw,
      ),
  ],
  ['Next steps', (draw) => oneOf(['', '', 'call, then write', 'none'], draw)],
  ['', () => ''],
];

interface Writing {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly finalLineEnd: boolean;
  readonly quoteAll: boolean;
  /** How often empty cells at a row's end are left out. */
  readonly narrows: number;
}

/** One sound file of 2 to 40 columns and 1 to 500 rows. */
export function soundFile(seed: number): SoundFile {
  const draw = drawsFrom(seed);
  const width = draw() < 0.6 ? 2 + Math.floor(draw() * 8) : 2 + Math.floor(draw() * 39);
  const rows = draw() < 0.6 ? 1 + Math.floor(draw() * 30) : 1 + Math.floor(draw() * 500);
  const typed = width > 2 && draw() < 0.5;
  const types = draw() < 0.5 ? TYPES : ([oneOf(TYPES, draw)] as const);
  const told = typed ? undefined : oneOf(types, draw);
  const columns = shuffled(
    [
      'opportunity',
      'entity',
      ...(typed ? ['type'] : []),
      ...Array.from({ length: width - (typed ? 3 : 2) }, () => oneOf(OTHERS as [never], draw)),
    ] as const,
    draw,
  );
  const entityHeader = oneOf(ENTITY_HEADERS, draw);
  const header = columns.map((column) => headerOf(column, draw, entityHeader));
  const usual = draw() < 0.7;
  const holes = draw() * 0.5;
  const table = [header];
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const type = typed ? oneOf(types, draw) : (told ?? 'Solutions');
    const values = { opportunity: `O${1_000_000 + row}`, type, entity: '' };
    values.entity = draw() < 0.02 ? '' : (IDENTIFIERS[type]?.(draw, usual) ?? '');
    table.push(columns.map((column) => cellOf(column, values, holes, draw)));
    const problem = values.entity === '' ? 'invalid entity_missing' : undefined;
    lines.push(`${row + 2} ${problem ?? `valid ${values.opportunity} ${type} ${values.entity}`}`);
  }
  // A single type is told by the option; mixed ones by their column.
  const where = conditionFor(table, drawsFrom(-seed));
  const isLeft = (row: number): boolean =>
    where !== undefined && table[row + 1]?.[where.column] === where.value;
  const options = {
    entityColumn: entityHeader,
    ...(told !== undefined && { entityType: told }),
    ...(where !== undefined && { where: [where.text] }),
  };
  const writing: Writing = {
    delimiter: oneOf([',', ',', ';', '\t', '|'], draw),
    lineEnd: oneOf(['\n', '\r\n', '\r'], draw),
    finalLineEnd: draw() < 0.6 || !usual,
    quoteAll: draw() < 0.2,
    narrows: oneOf([0, 0.3, 1], draw),
  };
  // Whoever writes the test's own words for the types is the service model.
  const read = lines.map((line, row) => (isLeft(row) ? `${row + 2} skipped where` : line));
  return { text: written(table, writing, draw), options: options as InputOptions, rows: read };
}

interface Condition {
  readonly column: number;
  /** Rows that have it are left out. */
  readonly value: string;
  readonly text: string;
}

/** Of every other file, a condition about a text that some of its rows have in one of its columns. */
function conditionFor(
  [header = [], ...rows]: readonly (readonly string[])[],
  draw: Draw,
): Condition | undefined {
  const column = Math.floor(draw() * header.length);
  const title = header[column] ?? '';
  const values = rows.map((cells) => cells[column] ?? '');
  const value = values[Math.floor(draw() * values.length)] ?? '';
  const isOne = header.filter((cell) => cell === title).length === 1;
  if (!isOne || title === '' || values.every((one) => one === value)) return undefined;
  return { column, value, text: `${title}!="${value.replaceAll('"', '""')}"` };
}

type Column = string | (typeof OTHERS)[number];

function headerOf(column: Column, draw: Draw, entity: string): string {
  if (column === 'opportunity') return oneOf(OPPORTUNITY_HEADERS, draw);
  if (column === 'entity') return entity;
  return column === 'type' ? 'RelatedEntityType' : (column[0] ?? '');
}

function cellOf(
  column: Column,
  values: Readonly<Record<'opportunity' | 'type' | 'entity', string>>,
  holes: number,
  draw: Draw,
): string {
  if (column === 'opportunity' || column === 'type' || column === 'entity') return values[column];
  return typeof column === 'string' || draw() < holes ? '' : column[1](draw);
}

function shuffled<Value>(values: readonly Value[], draw: Draw): readonly Value[] {
  return values
    .map((value) => [draw(), value] as const)
    .toSorted(([left], [right]) => left - right)
    .map(([, value]) => value);
}

function written(table: readonly (readonly string[])[], writing: Writing, draw: Draw): string {
  const { delimiter, lineEnd, finalLineEnd, quoteAll, narrows } = writing;
  const cell = (text: string): string =>
    quoteAll || /["\r\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = table.map((cells, index) => {
    let { length } = cells;
    while (index > 0 && length > 1 && cells[length - 1] === '' && draw() < narrows) length -= 1;
    return cells.slice(0, length).map(cell).join(delimiter);
  });
  return lines.join(lineEnd) + (finalLineEnd ? lineEnd : '');
}
