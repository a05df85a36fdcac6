// Joins a run's results with CloudTrail: each call that the results name, with the event that recorded it.
// node samples/join-cloudtrail.mjs people.results.csv trail/*.json.gz > joined.csv
// Events come from a trail's log files (.json, .json.gz), or from `aws cloudtrail lookup-events` (its JSON, or its events one after the
// other). Catalog and account are those of the summary beside the results; without it, those that most of the events have.
// Exit code 0: each call has its event, each event its row, and both say the same (column `disagreement`); 1: not so;
// 2: a file can't be read.
import { stringify } from 'csv-stringify/sync';
import { eventsIn, fail, rowsIn, summaryBeside } from './cloudtrail-files.mjs';

const REMOVE = 'DisassociateOpportunity';
const ATTACH = 'AssociateOpportunity';
const USAGE = `Usage: node samples/join-cloudtrail.mjs RESULTS.csv EVENTS.json... > joined.csv
Example: node samples/join-cloudtrail.mjs people.results.csv trail/*.json.gz > joined.csv
RESULTS.csv: of a finished run, or results.partial.csv in the folder of one that is not.
EVENTS.json: a trail's log files (.json, .json.gz), or what aws cloudtrail lookup-events printed.`;
/** Clocks differ; what is further from the row's own times is another call. */
const FAR_MS = 3_600_000;
/** The calls of which a status says that they were made; of any other, that they were not. */
const MADE = { disassociated: [REMOVE], associated: [ATTACH], replaced: [REMOVE] };

main(process.argv.slice(2));

function main([results, ...trails]) {
  if (results === '--help' || results === '-h') return console.log(USAGE);
  if (results === undefined || trails.length === 0) fail(USAGE);
  const rows = rowsIn(results);
  const events = byRequestId(trails.flatMap(eventsIn));
  const expected = { operations: operationsOf(rows), ...expectedPlace(results, [...events.values()].flat()) };
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

/** The catalog and the accounts that the calls should be of. */
function expectedPlace(results, events) {
  const { catalog, caller, sessions = [] } = summaryBeside(results) ?? {};
  const accounts = [caller, ...sessions.map((session) => session.caller)].flatMap((one) => one?.account ?? []);
  const most = (of) => commonest(events.map(of).filter(Boolean));
  return {
    catalog: catalog ?? most((event) => lowerCased(event.requestParameters).catalog),
    accounts: accounts.length > 0 ? accounts : [most(accountOf)],
  };
}

function commonest(values) {
  const times = (value) => values.filter((one) => one === value).length;
  return [...new Set(values)].toSorted((one, other) => times(other) - times(one))[0];
}

function accountOf({ recipientAccountId, userIdentity }) {
  return recipientAccountId ?? userIdentity?.accountId;
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
function callDisagreements(row, event, expected) {
  const { eventName, requestParameters, eventTime } = event;
  const sent = lowerCased(requestParameters);
  const { opportunityidentifier: opportunity, relatedentityidentifier: entity, relatedentitytype: type, catalog } = sent;
  if (opportunity === undefined || entity === undefined) return ['the event names no opportunity or entity'];
  // Of a replacement, the new one is attached; the old one is removed, or attached again where that was refused.
  const isNew = eventName === ATTACH && row.replacement_id !== '' && entity === row.replacement_id;
  const wanted = isNew || row.replacement_id !== '' ? [REMOVE, ATTACH] : expected.operations(row);
  const account = accountOf(event);
  const isOther = catalog !== undefined && expected.catalog !== undefined && catalog !== expected.catalog;
  const isElsewhere = account !== undefined && expected.accounts.every((one) => one !== undefined && one !== account);
  return [
    ...(wanted.includes(eventName) ? [] : [`the event is ${eventName}`]),
    ...(opportunity === row.opportunity_id ? [] : [`the event is of opportunity ${opportunity}`]),
    ...(isNew || entity === row.entity_id ? [] : [`the event is of entity ${entity}`]),
    ...(isNew || type === undefined || type === row.entity_type ? [] : [`the event is of type ${type}`]),
    ...(isOther ? [`the event is of catalog ${catalog}`] : []),
    ...(isElsewhere ? [`the event is of account ${account}`] : []),
    ...(isFarOff(row, eventTime) ? [`the event is of ${eventTime}`] : []),
  ];
}

/** Of a row that an earlier run settled, times may be missing. */
function isFarOff({ started_at: from, finished_at: to }, eventTime) {
  const [fromMs, toMs, atMs] = [from, to, eventTime].map((time) => Date.parse(time));
  return atMs < fromMs - FAR_MS || atMs > toMs + FAR_MS;
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

/** A trail may deliver an event twice; two events of one request id are two, and so are two of one id that say different things. */
function byRequestId(events) {
  const ours = events.filter((event) => [REMOVE, ATTACH].includes(event?.eventName));
  const once = new Map(ours.map((event) => [`${event.eventID} ${said(event)}`, event]));
  const byId = new Map();
  for (const event of once.values()) byId.set(event.requestID, [...(byId.get(event.requestID) ?? []), event]);
  return byId;
}

/** All that is compared here; in what order a file has it is nothing. */
function said(event) {
  const { eventName, eventTime, requestID, errorCode, requestParameters, userIdentity } = event;
  const sent = Object.entries(requestParameters ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([eventName, eventTime, requestID, errorCode, accountOf(event), userIdentity?.arn, sent]);
}

/** Services differ in how they spell what was sent. */
function lowerCased(parameters) {
  return Object.fromEntries(Object.entries(parameters ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}

/** `AccessDenied` is `AccessDeniedException` elsewhere. */
function bare(code) {
  return code.replace(/(Exception|Error)$/, '');
}
