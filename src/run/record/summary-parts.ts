import type { Summary } from '../../store/summary.ts';

/** A summary, as far as it is one: whatever stands there is only compared. */
export type SummaryFound = {
  readonly found: boolean;
  /** Its text tells something that its members don't, such as one of them twice, of which a program reads the last. */
  readonly tellsMore?: true;
} & Partial<Summary>;

export function partsOf(text: string | undefined): SummaryFound {
  try {
    const parts = JSON.parse(text ?? '{}') as Partial<Summary> | null;
    const tellsMore = text !== undefined && unspaced(text) !== unspaced(JSON.stringify(parts));
    return { ...parts, found: text !== undefined, ...(tellsMore && { tellsMore }) };
  } catch {
    return { found: true };
  }
}

function unspaced(text: string): string {
  return text.replaceAll(/\s/g, '');
}
