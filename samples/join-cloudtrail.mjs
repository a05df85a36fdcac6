// Joins a run's results with CloudTrail: each call that the results name, with the event that recorded it.
// node samples/join-cloudtrail.mjs people.results.csv trail/*.json.gz > joined.csv
// Events come from a trail's log files (.json, .json.gz), or from `aws cloudtrail lookup-events` (its JSON).
// Exit code 0: every request id of the results has its event, and every event its row; else 1.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const OURS = new Set(['DisassociateOpportunity', 'AssociateOpportunity']);

const [results, ...trails] = process.argv.slice(2);
if (results === undefined || trails.length === 0) {
  console.error('It takes a results CSV and files of CloudTrail events.');
  process.exit(2);
}
const events = new Map(
  trails
    .flatMap(eventsIn)
    .filter(({ eventName }) => OURS.has(eventName))
    .map((event) => [event.requestID, event]),
);
const rows = parse(readFileSync(results), { columns: true, bom: true, relax_column_count: true });
const lines = rows.flatMap((row) =>
  row.request_ids
    .split(' ')
    .filter((id) => id !== '')
    .map((id) => lineOf(row, id, take(id))),
);
// What is left was called by somebody, and no row of these results tells of it.
for (const event of events.values()) lines.push(lineOf({ row: '', status: '' }, event.requestID, event));
process.stdout.write(stringify(lines, { header: true }));

const missing = lines.filter(({ event_time }) => event_time === '').length;
console.error(
  `${lines.length - missing - events.size} calls joined, ${missing} without an event, ${events.size} events without a row.`,
);
process.exitCode = missing + events.size === 0 ? 0 : 1;

function take(id) {
  const event = events.get(id);
  events.delete(id);
  return event;
}

function lineOf({ row, status, opportunity_id = '', entity_id = '' }, request_id, event) {
  return {
    row,
    status,
    opportunity_id,
    entity_id,
    request_id,
    event_time: event?.eventTime ?? '',
    event_name: event?.eventName ?? '',
    caller: event?.userIdentity?.arn ?? '',
    error_code: event?.errorCode ?? '',
  };
}

function eventsIn(path) {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const { Records, Events = [] } = JSON.parse(text);
  return Records ?? Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent));
}
