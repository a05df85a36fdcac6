/** A stream of bytes whose beginning can be looked at before it is read. */
export class PeekableBytes {
  readonly #source: AsyncIterator<Uint8Array>;
  #front: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#source = bytes[Symbol.asyncIterator]();
  }

  /** Whether what was peeked at last is all there is. */
  get ended(): boolean {
    return this.#ended;
  }

  /** The first bytes, at least `length` of them unless the stream is shorter. They stay in the stream. */
  async peek(length: number): Promise<Buffer> {
    const parts = [this.#front];
    let held = this.#front.length;
    while (held < length && !this.#ended) {
      const next = await this.#source.next();
      if (next.done === true) {
        this.#ended = true;
      } else {
        parts.push(asBuffer(next.value));
        held += next.value.length;
      }
    }
    if (parts.length > 1) this.#front = Buffer.concat(parts, held);
    return this.#front;
  }

  /** Drops bytes that were peeked at. */
  skip(length: number): void {
    this.#front = this.#front.subarray(length);
  }

  /** Everything from the first byte that was not skipped. */
  async *drain(): AsyncGenerator<Buffer> {
    try {
      if (this.#front.length > 0) yield this.#front;
      this.#front = Buffer.alloc(0);
      while (!this.#ended) {
        const next = await this.#source.next();
        if (next.done === true) return;
        yield asBuffer(next.value);
      }
    } finally {
      await this.close();
    }
  }

  /** Lets the source go: closes the file that is behind it. */
  async close(): Promise<void> {
    this.#ended = true;
    await this.#source.return?.();
  }
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}
