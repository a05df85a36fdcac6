import { RunError } from './run-error.ts';

/** Which set of opportunities a call sees: the live one, or the isolated one for testing. */
export type Catalog = (typeof CATALOGS)[number];

export const CATALOGS = ['AWS', 'Sandbox'] as const;

/**
 * Reads a catalog's name, in the API's own spelling only: a slip of the keyboard must never reach live data.
 * Throws a `RunError` of code `usage` that says which catalog was probably meant.
 */
export function parseCatalog(text: string): Catalog {
  const known = CATALOGS.find((one) => one === text);
  if (known !== undefined) return known;
  const meant = probableCatalog(text);
  const suggestion = meant === undefined ? '' : ` Did you mean "${meant}"?`;
  throw new RunError('usage', `There is no catalog "${text}".${suggestion}`, { code: 'name_catalog' });
}

function probableCatalog(text: string): Catalog | undefined {
  if (/^\W*(aw|a$|prod|live)/i.test(text)) return 'AWS';
  if (/^\W*(s|test)/i.test(text)) return 'Sandbox';
  return undefined;
}

/** Whether an endpoint is AWS's own, so that what is done there is done to real data. */
export function isAwsOwn({ hostname }: Pick<URL, 'hostname'>): boolean {
  return /(^|\.)(api\.aws|amazonaws\.com|amazonaws\.com\.cn)$/.test(hostname);
}
