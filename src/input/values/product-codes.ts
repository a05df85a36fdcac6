/**
 * Product codes that many opportunities hold, as the service spells them. Short on purpose: only what is here is refused in
 * other capitals, since no pattern of codes is documented.
 */
const WELL_KNOWN = [
  'AmazonCloudFront',
  'AmazonCloudWatch',
  'AmazonCognito',
  'AmazonDocumentDB',
  'AmazonDynamoDB',
  'AmazonEC2',
  'AmazonElastiCache',
  'AmazonEventBridge',
  'AmazonGuardDuty',
  'AmazonInspector',
  'AmazonRDS',
  'AmazonS3',
  'AWSBackup',
  'AWSCloudFormation',
  'AWSCloudTrail',
  'AWSConfig',
  'AWSControlTower',
  'AWSDatabaseMigrationService',
  'AWSDirectConnect',
  'AWSGlue',
  'AWSLambda',
  'AWSOutposts',
  'AWSSecretsManager',
  'AWSSecurityHub',
] as const;

const SPELLINGS: ReadonlyMap<string, string> = new Map(WELL_KNOWN.map((code) => [code.toLowerCase(), code]));
const RIGHT: ReadonlySet<string> = new Set(WELL_KNOWN);
const LONGEST = Math.max(...WELL_KNOWN.map(({ length }) => length));

/** The well-known code that a word differs from in its capitals alone; `undefined` of all others, the codes themselves included. */
export function rightSpelling(word: string): string | undefined {
  if (word.length > LONGEST || RIGHT.has(word)) return undefined;
  return SPELLINGS.get(word.toLowerCase());
}
