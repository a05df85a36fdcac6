export type Delimiter = ',' | ';' | '\t' | '|';

/** In the order a tie between them is settled. */
export const DELIMITERS: readonly [Delimiter, ...Delimiter[]] = [',', ';', '\t', '|'];
