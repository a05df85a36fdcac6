import { describe, expect, it } from 'vitest';
import { readAll } from '../read-all.ts';

const HEADER = 'OpportunityIdentifier,RelatedEntityType,RelatedEntityIdentifier';
const PRODUCT = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/SaaSProduct/prod-abc';

describe('a product code', () => {
  it.each([
    ['amazonec2', 'AmazonEC2'],
    ['AMAZONS3', 'AmazonS3'],
    ['AmazonEc2', 'AmazonEC2'],
    ['awslambda.', 'AWSLambda'],
    ['(amazonrds)', undefined],
    ['[AmazonRds]', 'AmazonRDS'],
    ['AmazonS3.', 'AmazonS3'],
    ['AmazonUnheardOf-', 'AmazonUnheardOf'],
    ['comprehend.', undefined],
  ])('is refused as %s, and %s is suggested', async (value, suggestion) => {
    const { rows } = await readAll(`${HEADER}\nO100,AwsProducts,${value}\n`);
    const [row] = rows;
    expect(row?.kind === 'invalid' ? row.problems[0].suggestion : 'none needed').toBe(suggestion);
  });

  it.each(['AmazonEC2', 'awskms', 'comprehend', 'AmazonEc2Spot', 'amazonunheardof', 'A4B', 'a.b-c_d'])(
    'stands as %s: none that is known differs from it in its capitals alone',
    async (value) => {
      const { rows } = await readAll(`${HEADER}\nO100,AwsProducts,${value}\n`);
      expect(rows[0]?.kind).toBe('valid');
    },
  );
});

describe('a value that is no identifier', () => {
  it.each([
    ['o100', 'O100'],
    ['0100', 'O100'],
    ['100', 'O100'],
    ['O-100', 'O100'],
    ['Opportunity O100', 'O100'],
    ['Ｏ１００', 'O100'],
    ['\u041e100', 'O100'],
    ['https://partnercentral.awspartner.com/O100', 'O100'],
    ['O100 - Acme 2026', undefined],
    ['not O100', undefined],
    ['O100 (keep)', undefined],
    ['O100 \u2192', undefined],
    ['AWS Opportunity ID: O100', 'O100'],
    ['O100?', 'O100'],
    ['OO100', 'O100'],
    ['O 100 200', 'O100200'],
    ['O1.234.568', 'O1234568'],
    ['O4100001 2024', undefined],
    ['O4100001;O4100002', undefined],
    ['O4100001, O4100002?', undefined],
    ['O100 and O200', undefined],
    ['O12345/6', undefined],
    ['O12.345.79', undefined],
    ['O41\u001b[2J00001', undefined],
    ['O100\0', 'O100'],
    ['O1\x000004', undefined],
    ['O100\v2', undefined],
    ['O100\u00a02', undefined],
    ['O1.23E+18', undefined],
    ['1.23E+10', undefined],
    ['0061U00000abcDEQAY', undefined],
  ])('meets the opportunity %s with the suggestion %s', async (value, suggestion) => {
    const { rows } = await readAll(`${HEADER}\n${value},Solutions,S-0000001\n`);
    const [row] = rows;
    expect(row?.kind === 'invalid' ? row.problems[0].suggestion : 'none needed').toBe(suggestion);
  });

  it.each([
    ['Solutions', '59717', 'S-0059717'],
    ['Solutions', 's-0059717', 'S-0059717'],
    ['Solutions', 'S\u20130059717', 'S-0059717'],
    ['Solutions', 'S-00\u200b59717', 'S-0059717'],
    ['Solutions', 'S0059717', 'S-0059717'],
    ['Solutions', 'other', 'Other'],
    ['Solutions', 'Acme Backup', undefined],
    ['Solutions', '(S-0059717)', 'S-0059717'],
    ['Solutions', 'S-0059717 - Acme', undefined],
    ['Solutions', 'not S-0000001', undefined],
    ['Solutions', 'S-0000001 - do not remove', undefined],
    ['Solutions', 'S-0000001 (keep)', undefined],
    ['Solutions', '~~S-0000001~~', undefined],
    ['Solutions', '!S-0000001', undefined],
    ['Solutions', 'S-0000001 \u2192 S-0000002', undefined],
    ['Solutions', 'S-0000001 -> S-0000002', undefined],
    ['Solutions', 'Solution ID: S-0000001', 'S-0000001'],
    ['Solutions', '(s-0000001)', 'S-0000001'],
    ['Solutions', 'S-0059717: Acme', undefined],
    ['Solutions', '[S-0059717] Acme', undefined],
    ['Solutions', 'S-0059717.0', 'S-0059717'],
    ['Solutions', 'S-00"59717', undefined],
    ['Solutions', 'S-0059 717', 'S-0059717'],
    ['Solutions', 'S-0059717 2024', undefined],
    ['Solutions', 'O4100001', undefined],
    ['Solutions', 'S-0059717-1', undefined],
    ['Solutions', 'S-0059717_b', undefined],
    ['Solutions', 'S-OO59717', 'S-0059717'],
    ['Solutions', 'S-0059717 / S-0059718', undefined],
    ['AwsProducts', 'S-0059717', undefined],
    ['AwsProducts', 'prod-abc', undefined],
    ['Solutions', 'S-0000001\vS-0000002', undefined],
    ['Solutions', 'S-0000001\x1dS-0000002', undefined],
    ['Solutions', 'S-0000001\v2', undefined],
    ['Solutions', 'S-0000001\u00a02', undefined],
    ['Solutions', 'S-0000001&nbsp;', undefined],
    ['Solutions', 'S-0000002\0', 'S-0000002'],
    ['Solutions', '\0', undefined],
    ['AwsProducts', 'Amazon EC2', 'AmazonEC2'],
    ['AwsProducts', "['AmazonEC2']", 'AmazonEC2'],
    ['AwsProducts', '{AmazonEC2}', 'AmazonEC2'],
    ['AwsProducts', '~~AmazonEC2~~', undefined],
    ['AwsProducts', 'AmazonEC2?', 'AmazonEC2'],
    ['AwsProducts', 'https://x.example/AmazonEC2', 'AmazonEC2'],
    ['AwsProducts', 'AmazonEC2/AmazonS3', undefined],
    ['AwsMarketplaceProducts', `${PRODUCT}@1`, PRODUCT],
    ['', `${PRODUCT}@12`, PRODUCT],
    ['AwsMarketplaceOffers', 'OFFER-ABC', 'offer-abc'],
  ])('meets the %s identifier %s with the suggestion %s', async (type, value, suggestion) => {
    const { rows } = await readAll(`${HEADER}\nO1,${type},${value}\n`);
    const [row] = rows;
    expect(row?.kind === 'invalid' ? row.problems[0].suggestion : 'none needed').toBe(suggestion);
  });

  it.each(['keep', 'Total', 'S0059720', 'S-59', 'O4100001', 'Jan-24', '3-Feb', 'offer'])(
    'takes %s for no product code',
    async (value) => {
      const { rows } = await readAll(`${HEADER}\nO1,AwsProducts,${value}\n`);
      expect(rows[0]?.kind).toBe('invalid');
    },
  );
});
