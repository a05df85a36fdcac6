import { isJsonObject, type JsonObject } from '../partner/json-object.ts';
import {
  frontDoorException,
  requestInvalid,
  type ServiceException,
  type ValidationIssue,
} from '../partner/service-exception.ts';

/** The service model's demands on a required string member. */
export interface StringRule {
  readonly pattern: RegExp;
  readonly oneOf?: readonly string[];
}

type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: ServiceException };

/** Refuses what is not a JSON object as the deserialiser of an awsJson service does. */
export function parseJsonObject(body: Buffer): Checked<JsonObject> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (isJsonObject(value)) return { ok: true, value };
  } catch {
    // Not JSON at all: answered alike.
  }
  return {
    ok: false,
    refusal: notDeserialisable('Start of structure or map not found where it was expected.'),
  };
}

/** The string members by `rules`, or every problem of theirs in one ValidationException. */
export function readStrings<Member extends string>(
  body: JsonObject,
  rules: Readonly<Record<Member, StringRule>>,
): Checked<Readonly<Record<Member, string>>> {
  const values: Record<string, string> = {};
  const issues: ValidationIssue[] = [];
  for (const [member, rule] of Object.entries<StringRule>(rules)) {
    const value = Object.hasOwn(body, member) ? body[member] : undefined;
    if (value !== undefined && value !== null && typeof value !== 'string') {
      return {
        ok: false,
        refusal: notDeserialisable(`${jsonTypeOf(value)} can not be converted to a String`),
      };
    }
    const problem = problemOf(member, value ?? undefined, rule);
    if (problem === undefined) values[member] = value ?? '';
    else issues.push(problem);
  }
  if (issues.length > 0) return { ok: false, refusal: requestInvalid(issues) };
  // One value was set for each key of `rules`.
  return { ok: true, value: values as Record<Member, string> };
}

function notDeserialisable(message: string): ServiceException {
  return frontDoorException('SerializationException', message, 400);
}

function problemOf(member: string, value: string | undefined, rule: StringRule): ValidationIssue | undefined {
  if (value === undefined) {
    return issue(member, `${member} is required.`, 'REQUIRED_FIELD_MISSING');
  }
  if (!rule.pattern.test(value)) {
    return issue(member, `${member} must match the pattern ${rule.pattern.source}`, 'INVALID_STRING_FORMAT');
  }
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value)) {
    return issue(member, `${member} must be one of ${rule.oneOf.join(', ')}.`, 'INVALID_ENUM_VALUE');
  }
  return undefined;
}

function issue(FieldName: string, Message: string, Code: string): ValidationIssue {
  return { FieldName, Message, Code };
}

function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return 'START_ARRAY';
  if (typeof value === 'object') return 'START_OBJECT';
  if (typeof value === 'number') return 'NUMBER_VALUE';
  return value === true ? 'TRUE_VALUE' : 'FALSE_VALUE';
}
