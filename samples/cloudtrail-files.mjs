// What join-cloudtrail.mjs reads: results with their summary, and files of CloudTrail events.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

const COLUMNS = ['row', 'status', 'opportunity_id', 'entity_type', 'entity_id', 'request_ids'];
// Others that tell of a call; results of the first version, or with columns taken out, may lack them.
const MORE = ['exception', 'replacement_id', 'attempts', 'started_at', 'finished_at'];

/** The rows of some results, by the names of our columns. */
export function rowsIn(path) {
  const text = bytesOf(asResults(path)).toString('utf8');
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

/** The path, where results may stand there. */
function asResults(path) {
  const isFolder = existsSync(path) && statSync(path).isDirectory();
  const folder = isFolder ? path : path.replace(/(\.results)?\.csv$/, '.oppsweep');
  const soFar = join(folder, 'results.partial.csv');
  if (isFolder) fail(`${path} is a folder: name the results${existsSync(soFar) ? `, which are ${soFar} so far` : ''}.`);
  if (!existsSync(path) && existsSync(soFar)) fail(`${path} is not there: its run is not finished; ${soFar} has its rows so far.`);
  if (basename(path) === 'results.partial.csv') console.error('These are rows so far, of a run that is not finished.');
  return path;
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

/** The events of a file, as a trail delivers it or the AWS CLI answers. */
export function eventsIn(path) {
  const bytes = bytesOf(path);
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const text = attempt(`${path} can't be unpacked`, () => (isGzip ? gunzipSync(bytes) : bytes)).toString('utf8');
  return attempt(`${path} is no JSON`, () => valuesIn(text)).flatMap((value) => eventsOf(value, path));
}

/** As a trail's file has them, as the AWS CLI answers, or as it answers where nothing but the events was asked for. */
function eventsOf(value, path) {
  if (typeof value === 'string') return eventsOf(attempt(`${path} has an event that is no JSON`, () => JSON.parse(value)), path);
  if (Array.isArray(value)) return value.flatMap((one) => eventsOf(one, path));
  const { Records, Events, CloudTrailEvent, eventName } = value ?? {};
  if (eventName !== undefined) return [value];
  const held = Records ?? Events ?? CloudTrailEvent;
  return held === undefined ? fail(`${path} has no CloudTrail events: neither Records nor Events stand in it.`) : eventsOf(held, path);
}

/** One value, or several, one after the other or with anything blank between them: as files have them that were put together. */
function valuesIn(text) {
  const values = [];
  let depth = 0;
  let from = 0;
  for (const { 0: piece, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (piece === '{' || piece === '[') depth += 1;
    if ((piece !== '}' && piece !== ']') || --depth > 0) continue;
    values.push(JSON.parse(text.slice(from, index + 1)));
    from = index + 1;
  }
  return text.slice(from).trim() === '' ? values : [...values, JSON.parse(text.slice(from))];
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

/** Ends the program. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(2);
}

/** `undefined` where there is none, or it is of other results. */
export function summaryBeside(results) {
  const path = `${results.replace(/\.csv(\.gz)?$/i, '')}.summary.json`;
  if (!existsSync(path)) {
    console.error(`${path} is not there: catalog and account are held against those of most events.`);
    return undefined;
  }
  const summary = attempt(`${path} is no JSON`, () => JSON.parse(bytesOf(path).toString('utf8')));
  return summary?.results?.name === basename(results) ? summary : undefined;
}
