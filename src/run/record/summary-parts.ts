import type { Summary } from '../../store/summary.ts';

/** A summary, as far as it is one: whatever stands there is only compared. */
export type SummaryFound = { readonly found: boolean } & Partial<Summary>;

export function partsOf(text: string | undefined): SummaryFound {
  try {
    return { ...(JSON.parse(text ?? '{}') as Partial<Summary> | null), found: text !== undefined };
  } catch {
    return { found: true };
  }
}
