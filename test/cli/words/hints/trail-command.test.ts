import { expect, test } from 'vitest';
import { joinCommand, trailCommand } from '../../../../src/cli/words/hints/trail-command.ts';

test('what lists the calls names region and format, and what joins them takes its files', () => {
  const listing = trailCommand('AssociateOpportunity', '2026-11-26T07:00:00Z', '2026-11-26T10:00:00Z');
  expect(listing.replaceAll('\\\n  ', '')).toBe(
    'aws cloudtrail lookup-events --region us-east-1 --output json --start-time 2026-11-26T07:00:00Z --end-time 2026-11-26T10:00:00Z --lookup-attributes AttributeKey=EventName,AttributeValue=AssociateOpportunity > AssociateOpportunity.json',
  );
  expect(joinCommand("-Ann's.csv", ['DisassociateOpportunity', 'AssociateOpportunity'])).toBe(
    "node samples/join-cloudtrail.mjs './-Ann'\\''s.csv' DisassociateOpportunity.json AssociateOpportunity.json > joined.csv",
  );
});
