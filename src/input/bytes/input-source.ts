/** Where the bytes come from. They are read once, so standard input is as good as a file. */
export interface InputSource {
  /** What messages call it. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}
