const [QUOTE, LINE_FEED, RETURN] = [0x22, 0x0a, 0x0d];

/**
 * The records of a CSV file that end in a line end: a process that was killed as it wrote leaves part of one behind them. A line end between
 * quotes ends none.
 */
export async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array = Buffer.alloc(0);
  let ending: number | undefined;
  for await (const piece of bytes) {
    held = Buffer.concat([held, piece]);
    ending ??= endingOf(held);
    const end = ending === undefined ? 0 : lastEnd(held, ending);
    if (end > 0) yield held.subarray(0, end);
    held = held.subarray(end);
  }
}

/** What the header ends in: of two characters it is the second; not known where it ends in what may be the first of two. */
function endingOf(text: Uint8Array): number | undefined {
  const [at] = endsIn(text);
  if (at === undefined || (text[at] === RETURN && at + 1 === text.length)) return undefined;
  return text[at] === RETURN && text[at + 1] !== LINE_FEED ? RETURN : LINE_FEED;
}

/** Behind the last line end; what is held begins outside of quotes. */
function lastEnd(text: Uint8Array, ending: number): number {
  return (endsIn(text).findLast((end) => text[end] === ending) ?? -1) + 1;
}

/** The places of line ends outside of quotes. */
function endsIn(text: Uint8Array): readonly number[] {
  const ends: number[] = [];
  let isQuoted = false;
  for (const [at, byte] of text.entries()) {
    if (byte === QUOTE) isQuoted = !isQuoted;
    if (!isQuoted && (byte === LINE_FEED || byte === RETURN)) ends.push(at);
  }
  return ends;
}
