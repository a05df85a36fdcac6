/** The values a row is made of, by the part they play. */
export type RowField = 'opportunity' | 'type' | 'entity' | 'replacement' | 'row';

/** One thing wrong with a row. */
export interface Problem {
  /** A stable word for the kind, such as `opportunity_pattern`: what `check` groups by. */
  readonly kind: string;
  readonly field: RowField;
  /** A sentence: what is wrong, with the value shown safely. */
  readonly message: string;
  /** The value that was probably meant, ready to paste. */
  readonly suggestion?: string;
  /** Of a suggestion: the value bears a mark, or a word, by which somebody may say that its row is not meant. */
  readonly marked?: true;
}
