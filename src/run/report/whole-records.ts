const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The bytes of a CSV file up to the end of its last whole record: one that is written to now ends anywhere. */
export async function* wholeRecords(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0);
  let quoted = false;
  for await (const piece of bytes) {
    const text = Buffer.concat([held, piece]);
    let end = 0;
    for (let at = held.length; at < text.length; at += 1) {
      const byte = text[at];
      if (byte === QUOTE) quoted = !quoted;
      else if (!quoted && (byte === LINE_FEED || byte === CARRIAGE_RETURN)) end = at + 1;
    }
    if (end > 0) yield text.subarray(0, end);
    held = text.subarray(end);
  }
}
