import { isJsonObject, type JsonObject } from '../partner/json-object.ts';
import type { ValidationIssue } from '../partner/service-exception.ts';

/** A filter that names the values that are wanted. */
export interface ListRule {
  /** The most values that it takes. */
  readonly most: number;
  readonly oneOf?: readonly string[];
}

/** Whether a value is one of those that are wanted: any, where the filter is left out or empty. */
export type Wanted = (value: string) => boolean;

const ANY: Wanted = () => true;

/** Reads a filter of values; whatever is wrong with it is added to `issues`. */
export function readList(
  body: JsonObject,
  member: string,
  { most, oneOf }: ListRule,
  issues: ValidationIssue[],
): Wanted {
  const values = stringsIn(body, member, issues);
  if (values === undefined || values.length === 0) return ANY;
  if (values.length > most) {
    issues.push({ FieldName: member, Message: `At most ${most} values.`, Code: 'TOO_MANY_VALUES' });
  }
  if (oneOf !== undefined && values.some((value) => !oneOf.includes(value))) {
    const Message = `${member} must be one of ${oneOf.join(', ')}.`;
    issues.push({ FieldName: member, Message, Code: 'INVALID_ENUM_VALUE' });
  }
  const wanted = new Set(values);
  return (value) => wanted.has(value);
}

/** The values of a filter as they were given; undefined where there is none. */
export function stringsIn(
  body: JsonObject,
  member: string,
  issues: ValidationIssue[],
): readonly string[] | undefined {
  const values = body[member] ?? undefined;
  if (values === undefined) return undefined;
  if (Array.isArray(values) && values.every((value): value is string => typeof value === 'string')) {
    return values;
  }
  issues.push({ FieldName: member, Message: 'A list of strings.', Code: 'INVALID_VALUE' });
  return undefined;
}

/** Whether a time, epoch milliseconds, is within a range. */
export type Within = (timeMs: number) => boolean;

/** Reads a filter of two dates, `After…` and `Before…`, either of which may be left out; neither is within it. */
export function readRange(body: JsonObject, member: string, issues: ValidationIssue[]): Within {
  const range = body[member] ?? {};
  if (!isJsonObject(range)) {
    issues.push({ FieldName: member, Message: 'A structure of two dates.', Code: 'INVALID_VALUE' });
    return () => true;
  }
  const afterMs = dateIn(range, `After${member}`, issues) ?? -Infinity;
  const beforeMs = dateIn(range, `Before${member}`, issues) ?? Infinity;
  return (timeMs) => timeMs > afterMs && timeMs < beforeMs;
}

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/;

/** A timestamp of ISO 8601, a date, or seconds since 1970: what awsJson clients send. */
function dateIn(range: JsonObject, member: string, issues: ValidationIssue[]): number | undefined {
  const value = range[member] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number') return value * 1000;
  const timeMs = typeof value === 'string' && DATE.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(timeMs)) return timeMs;
  issues.push({ FieldName: member, Message: `${member} must be a date.`, Code: 'INVALID_STRING_FORMAT' });
  return undefined;
}
