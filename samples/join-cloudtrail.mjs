// Joins a run's results with CloudTrail: each call that the results name, with the event that recorded it.
// node samples/join-cloudtrail.mjs people.results.csv trail/*.json.gz > joined.csv
// Events come from a trail's log files (.json, .json.gz), or from `aws cloudtrail lookup-events` (its JSON).
// Exit code 0: each call has its event, each event its row, and both say the same (column `disagreement`); 1: not so;
// 2: a file can't be read.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';

const REMOVE = 'DisassociateOpportunity';
const ATTACH = 'AssociateOpportunity';
const COLUMNS = ['row', 'status', 'opportunity_id', 'entity_type', 'entity_id', 'request_ids'];
// Others that tell of a call; results of the first version, or with columns taken out, may lack them.
const MORE = ['exception', 'replacement_id', 'attempts', 'started_at', 'finished_at'];
/** The calls of which a status says that they were made; of any other, that they were not. */
const MADE = { disassociated: [REMOVE], associated: [ATTACH], replaced: [REMOVE] };

main(process.argv.slice(2));

function main([results, ...trails]) {
  if (results === undefined || trails.length === 0) fail('It takes a results CSV and files of CloudTrail events.');
  const rows = rowsIn(results);
  const events = byRequestId(trails.flatMap(eventsIn));
  const expected = operationsOf(rows);
  const answered = rows.map((row) => linesOf(row, expected, events));
  // Only once each id has its event can the others be those of answers that were lost.
  const lines = rows.flatMap((row, at) => [...answered[at], ...lostLinesOf(row, expected, events)]);
  const matched = lines.filter(({ event_time }) => event_time !== '').length;
  const missing = lines.filter(({ disagreement }) => disagreement.startsWith('no event')).length;
  // What is left was called by somebody, and no row of these results tells of it.
  const strange = [...events.values()].flat().map((event) => lineOf({}, event.requestID, event, 'no row'));
  const told = lines.filter(({ disagreement }) => disagreement !== '').length - missing;
  process.stdout.write(stringify([...lines, ...strange], { header: true, escape_formulas: true }));
  console.error(
    `${matched} calls joined, ${missing} without an event, ${strange.length} events without a row, ${told} disagreements.`,
  );
  process.exitCode = missing + strange.length + told === 0 ? 0 : 1;
}

/** A line a call that was answered. */
function linesOf(row, expected, events) {
  const calls = idsOf(row).map((id) => ({ id, event: events.get(id)?.shift() }));
  const lines = calls.map(({ id, event }) => {
    const why = event === undefined ? ['no event of this request id'] : callDisagreements(row, event, expected);
    return lineOf(row, id, event, why.join('; '));
  });
  const last = lines.at(-1);
  if (last !== undefined && calls.every(({ event }) => event !== undefined)) {
    const found = calls.map(({ event }) => event);
    last.disagreement = [last.disagreement, ...endDisagreements(row, found)].filter(Boolean).join('; ');
  }
  return lines;
}

/** A line for each attempt without an answer that an event of that time shows; and one of a row that claims a change and has no call at all. */
function lostLinesOf(row, expected, events) {
  const ids = idsOf(row);
  const lost = Math.max(0, Number(row.attempts) - ids.length);
  const found = [...events.values()].flat().filter((event) => isOfLost(row, event, expected)).slice(0, lost);
  for (const event of found) events.set(event.requestID, events.get(event.requestID).filter((one) => one !== event));
  if (ids.length + found.length === 0 && row.status in MADE)
    return [lineOf(row, '', undefined, `${row.status}, and no request id`)];
  return found.map((event) => lineOf(row, event.requestID, event, ''));
}

/** Events have whole seconds. */
function isOfLost(row, event, expected) {
  const [from, to, at] = [row.started_at, row.finished_at, event.eventTime].map((time) => Date.parse(time));
  return at > from - 1000 && at < to + 1000 && callDisagreements(row, event, expected).length === 0;
}

function idsOf(row) {
  return row.request_ids.split(' ').filter((id) => id !== '');
}

/** Whether the event is of a call that the row would make: the operation, and what it was of. */
function callDisagreements(row, { eventName, requestParameters }, expected) {
  const sent = lowerCased(requestParameters);
  const { opportunityidentifier: opportunity, relatedentityidentifier: entity, relatedentitytype: type } = sent;
  if (opportunity === undefined || entity === undefined) return ['the event names no opportunity or entity'];
  // Of a replacement, the new one is attached; the old one is removed, or attached again where that was refused.
  const isNew = eventName === ATTACH && row.replacement_id !== '' && entity === row.replacement_id;
  const wanted = isNew || row.replacement_id !== '' ? [REMOVE, ATTACH] : expected(row);
  return [
    ...(wanted.includes(eventName) ? [] : [`the event is ${eventName}`]),
    ...(opportunity === row.opportunity_id ? [] : [`the event is of opportunity ${opportunity}`]),
    ...(isNew || entity === row.entity_id ? [] : [`the event is of entity ${entity}`]),
    ...(isNew || type === undefined || type === row.entity_type ? [] : [`the event is of type ${type}`]),
  ];
}

/** Whether the row's end is what its events show. An attempt without an answer has no id: a read settled the row. */
function endDisagreements({ status, exception, attempts, replacement_id: replacement }, events) {
  const answered = events.length >= Number(attempts);
  const made = events.filter(({ errorCode }) => !errorCode).map(({ eventName }) => eventName);
  // The service may have done what it answered so; a read showed it.
  const unclear = events.some(({ errorCode = '' }) => /^(Internal|ServiceUnavailable|ServiceException)/.test(errorCode));
  if (status in MADE) {
    const attached = status === 'replaced' && events.some(({ eventName }) => eventName === ATTACH) ? [ATTACH] : [];
    const lost = [...MADE[status], ...attached].filter((name) => !made.includes(name));
    return answered && !unclear ? lost.map((name) => `${status}, and no ${name} succeeded`) : [];
  }
  if (status === 'unknown') return [];
  const { errorCode = '' } = events.at(-1);
  const wasDone = made.length > 0 && replacement === '' ? [`${status}, and the call succeeded`] : [];
  // Where each attempt was answered, and the service refused the row, the last answer is the row's exception.
  // After an error that is tried again, a look may have declined the row: that has no event.
  const isLast = !/^(Throttl|TooMany|Internal|Service|RequestTimeout)/.test(errorCode);
  const isOther = status === 'failed' && errorCode !== '' && isLast && bare(errorCode) !== bare(exception);
  return [...wasDone, ...(isOther && answered ? [`${exception || 'no exception'}, and the event has ${errorCode}`] : [])];
}

/** Rows that tell of no change don't tell of which operation they are: the others do, as far as they are of one. */
function operationsOf(rows) {
  const statuses = new Set(rows.map(({ status }) => status));
  const made = [REMOVE, ATTACH].filter((name) => statuses.has(name === REMOVE ? 'disassociated' : 'associated'));
  return ({ status }) => MADE[status] ?? (made.length === 1 ? made : [REMOVE, ATTACH]);
}

function lineOf(row, request_id, event, disagreement) {
  const sent = lowerCased(event?.requestParameters);
  return {
    row: row.row ?? '',
    status: row.status ?? '',
    opportunity_id: row.opportunity_id ?? '',
    entity_id: row.entity_id ?? '',
    request_id,
    event_time: event?.eventTime ?? '',
    event_name: event?.eventName ?? '',
    caller: event?.userIdentity?.arn ?? '',
    error_code: event?.errorCode ?? '',
    event_opportunity: sent.opportunityidentifier ?? '',
    event_entity: sent.relatedentityidentifier ?? '',
    disagreement,
  };
}

/** A trail may deliver an event twice; two events of one request id are two. */
function byRequestId(events) {
  const ours = events.filter((event) => [REMOVE, ATTACH].includes(event?.eventName));
  const once = new Map(ours.map((event) => [event.eventID ?? JSON.stringify(event), event]));
  const byId = new Map();
  for (const event of once.values()) byId.set(event.requestID, [...(byId.get(event.requestID) ?? []), event]);
  return byId;
}

function rowsIn(path) {
  const text = bytesOf(path).toString('utf8');
  const delimiter = [',', ';', '\t', '|'].find((one) => headerIn(text, one) !== undefined);
  if (delimiter === undefined) {
    fail(`${path} is no results file of oppsweep: it needs the columns ${COLUMNS.join(', ')} as a run writes them.`);
  }
  const columns = headerIn(text, delimiter);
  const options = { delimiter, bom: true, relax_column_count: true, from: 2 };
  return attempt(`${path} can't be read as CSV`, () => parse(text, options)).map((cells) =>
    Object.fromEntries([...columns].map(([name, place]) => [name, cells[place] ?? ''])),
  );
}

/** Where each column stands: ours, where the input had one of its name, has `result_` before it. */
function headerIn(text, delimiter) {
  let header;
  try {
    [header = []] = parse(text, { delimiter, bom: true, relax_column_count: true, to: 1 });
  } catch {
    return undefined;
  }
  const placeOf = (name) => (header.includes(`result_${name}`) ? placeOf(`result_${name}`) : header.indexOf(name));
  const columns = new Map([...COLUMNS, ...MORE].map((name) => [name, placeOf(name)]));
  return COLUMNS.every((name) => columns.get(name) >= 0) ? columns : undefined;
}

function eventsIn(path) {
  const bytes = bytesOf(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = attempt(`${path} can't be unpacked`, () => (isGzip ? gunzipSync(bytes) : bytes)).toString('utf8');
  const { Records, Events } = attempt(`${path} is no JSON`, () => JSON.parse(text)) ?? {};
  if (Array.isArray(Records)) return Records;
  if (!Array.isArray(Events)) fail(`${path} has no CloudTrail events: neither Records nor Events stand in it.`);
  return attempt(`${path} has an event that is no JSON`, () =>
    Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent)),
  );
}

function bytesOf(path) {
  return attempt(`${path} can't be read`, () => readFileSync(path));
}

function attempt(what, action) {
  try {
    return action();
  } catch (error) {
    return fail(`${what}: ${error.message}`);
  }
}

function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** Services differ in how they spell what was sent. */
function lowerCased(parameters) {
  return Object.fromEntries(Object.entries(parameters ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

/** `AccessDenied` is `AccessDeniedException` elsewhere. */
function bare(code) {
  return code.replace(/(Exception|Error)$/, '');
}
