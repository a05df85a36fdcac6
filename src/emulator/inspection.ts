import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { AssociationStore } from './partner/association-store.ts';
import type { CallLog } from './call-log.ts';
import { isInjectedFault, type ScriptedFault } from './faults/fault-plan.ts';
import type { FaultSource } from './faults/fault-source.ts';
import type { HttpRequest } from './wire/http-message.ts';
import { EMULATED_OPERATIONS } from './partner/operation.ts';
import { isJsonObject } from './operations/request-members.ts';

/** What a test in another process may look at and set. */
export interface Inspected {
  readonly log: CallLog;
  readonly store: AssociationStore;
  readonly faults: FaultSource;
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
 */
export async function inspect(
  { log, store, faults }: Inspected,
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
  const script = parseScript(body);
  if (script === undefined) return 400;
  if (!faults.hasRoomFor(script)) return 413;
  faults.addScript(script);
  return 204;
}

function parseScript(body: Buffer): readonly ScriptedFault[] | undefined {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return Array.isArray(value) && value.every(isScriptedFault) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isScriptedFault(value: unknown): value is ScriptedFault {
  if (!isJsonObject(value)) return false;
  const { kind, times, operation, opportunityId } = value;
  return (
    typeof kind === 'string' &&
    isInjectedFault(kind) &&
    typeof times === 'number' &&
    Number.isInteger(times) &&
    times >= 1 &&
    (operation === undefined || EMULATED_OPERATIONS.some((known) => known === operation)) &&
    (opportunityId === undefined || (typeof opportunityId === 'string' && opportunityId.length <= 20))
  );
}
