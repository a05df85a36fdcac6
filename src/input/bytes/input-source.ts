/** Bytes to read. They are read once, so standard input is as good as a file. */
export interface InputSource {
  /** Its name in messages. */
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}
