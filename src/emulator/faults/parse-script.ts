import { isJsonObject, type JsonObject } from '../partner/json-object.ts';
import { EMULATED_OPERATIONS } from '../partner/operation.ts';
import { isInjectedFault } from './fault-kinds.ts';
import type { ScriptedFault } from './fault-plan.ts';

/** The faults of a JSON array; undefined where any of them is none. */
export function parseScript(json: string): readonly ScriptedFault[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) && value.every(isScriptedFault) ? value : undefined;
  } catch {
    return undefined;
  }
}

const MEMBERS: readonly string[] = ['kind', 'times', 'operation', 'opportunityId', 'after', 'headers'];

function isScriptedFault(value: unknown): value is ScriptedFault {
  if (!isJsonObject(value)) return false;
  const { kind, times, operation, opportunityId, after, headers } = value;
  return (
    Object.keys(value).every((member) => MEMBERS.includes(member)) &&
    typeof kind === 'string' &&
    isInjectedFault(kind) &&
    (times === 'always' || isCount(times)) &&
    (operation === undefined || isOperation(operation)) &&
    (opportunityId === undefined || (typeof opportunityId === 'string' && opportunityId.length <= 20)) &&
    (after === undefined || (isJsonObject(after) && isStart(after))) &&
    (headers === undefined || (isJsonObject(headers) && areHeaders(headers)))
  );
}

function isStart({ calls, operation }: JsonObject): boolean {
  return isCount(calls) && (operation === undefined || isOperation(operation));
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}

function isOperation(value: unknown): boolean {
  return EMULATED_OPERATIONS.some((known) => known === value);
}

/** A few, each such that it can be sent. */
function areHeaders(headers: JsonObject): boolean {
  const entries = Object.entries(headers);
  return (
    entries.length <= 8 &&
    entries.every(
      ([name, value]) =>
        /^[a-z][a-z0-9-]{0,63}$/.test(name) && typeof value === 'string' && /^[ -~]{0,255}$/.test(value),
    )
  );
}
