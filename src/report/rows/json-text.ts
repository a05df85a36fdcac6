/** Marks that could end a script element, or a line in older readers of JSON. */
const ESCAPED = /[<>&\u2028\u2029]/g;

/** JSON that may stand in a page: whatever its texts hold, no tag begins or ends there. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    ESCAPED,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
