import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AssociationStore } from './partner/association-store.ts';
import type { CallLog } from './call-log.ts';
import type { FaultSource } from './faults/fault-source.ts';
import { parseScript } from './faults/parse-script.ts';
import { isJsonObject } from './partner/json-object.ts';
import type { Roles } from './partner/roles.ts';
import type { HttpRequest } from './wire/http-message.ts';

/** The parts that a test in another process may look at and set. */
export interface Inspected {
  readonly log: CallLog;
  readonly store: AssociationStore;
  readonly faults: FaultSource;
  readonly roles: Roles;
}

const PREFIX = '/_emulator/';

/** Unsigned requests beside the service's own; they are neither counted nor recorded. */
export function isInspection(request: HttpRequest): boolean {
  return request.target.startsWith(PREFIX);
}

/**
 * - `GET /_emulator/calls`: JSON Lines of ServedCall
 * - `GET /_emulator/state`: JSON Lines of `{opportunityId, entityType, entityId}`
 * - `GET /_emulator/counts`: EmulatorCounts as JSON
 * - `POST /_emulator/script`: a JSON array of ScriptedFault, added to what is left of the script; 413 where too many are
 * - `DELETE /_emulator/script`: ends what is left of it
 * - `POST /_emulator/roles`: a JSON object, the external id that a role demands by the role's ARN
 */
export async function inspect(
  { log, store, faults, roles }: Inspected,
  request: HttpRequest,
  response: ServerResponse,
): Promise<void> {
  switch (`${request.method} ${request.target.slice(PREFIX.length)}`) {
    case 'GET calls':
      return sendLines(response, log.recorded());
    case 'GET state':
      return sendLines(response, store.associations());
    case 'GET counts':
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(`${JSON.stringify(log.counts())}\n`);
      return;
    case 'POST script':
      response.writeHead(addScript(faults, request.body)).end();
      return;
    case 'DELETE script':
      faults.clearScript();
      response.writeHead(204).end();
      return;
    case 'POST roles':
      response.writeHead(demand(roles, request.body)).end();
      return;
    default:
      response.writeHead(404).end();
  }
}

/** A million lines go out as the client takes them. A client that goes away is its own loss. */
async function sendLines(response: ServerResponse, values: Iterable<object>): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/jsonl' });
  await pipeline(Readable.from(chunks(values)), response).catch(() => response.destroy());
}

const LINES_PER_CHUNK = 512;

function* chunks(values: Iterable<object>): Generator<string> {
  let lines: string[] = [];
  for (const value of values) {
    lines.push(`${JSON.stringify(value)}\n`);
    if (lines.length < LINES_PER_CHUNK) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

/** The status that is answered. */
function addScript(faults: FaultSource, body: Buffer): 204 | 400 | 413 {
  const script = parseScript(body.toString('utf8'));
  if (script === undefined) return 400;
  if (!faults.hasRoomFor(script)) return 413;
  faults.addScript(script);
  return 204;
}

/** The status that is answered. */
function demand(roles: Roles, body: Buffer): 204 | 400 {
  const demands = jsonOf(body);
  if (!isJsonObject(demands)) return 400;
  const pairs = Object.entries(demands).flatMap(([roleArn, externalId]) =>
    typeof externalId === 'string' ? [[roleArn, externalId] as const] : [],
  );
  if (pairs.length < Object.keys(demands).length) return 400;
  for (const [roleArn, externalId] of pairs) roles.demand(roleArn, externalId);
  return 204;
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
