/** Reads an option's value, and knows words for it, beside others that it may take: a shell can propose them. */
export interface Reader<T> {
  (text: string): T;
  readonly words: readonly string[];
}

/** Of the readers of values, those that know words. */
export function isReader(read: object | undefined): read is Reader<unknown> {
  return read !== undefined && 'words' in read;
}

/** `read` gives the value, or throws what says what the option takes. */
export function reader<T>(words: readonly string[], read: (text: string) => T): Reader<T> {
  return Object.assign((text: string) => read(text), { words });
}

/** Of a value that is read later, where more is known. */
export function asTyped(words: readonly string[]): Reader<string> {
  return reader(words, (text) => text);
}
