import type { Summary } from '../../store/summary.ts';

/** A summary, as far as it is one: whatever stands there is only compared. */
export type SummaryFound = { readonly found: boolean } & Partial<Summary>;

export function partsOf(text: string | undefined): SummaryFound {
  try {
    return { found: text !== undefined, ...(JSON.parse(text ?? '{}') as Partial<Summary> | null) };
  } catch {
    return { found: true };
  }
}
