/** Calls back once the signal is aborted, unless cancelled by the function returned. */
export function onAbort(signal: AbortSignal, act: () => void): () => void {
  const own = { act };
  const acts = actsOf(signal);
  acts.add(own);
  return () => acts.delete(own);
}

interface OnAbort {
  readonly act: () => void;
}

/** One listener a signal, however many wait on it: from the eleventh on Node warns of a leak. */
const watched = new WeakMap<AbortSignal, Set<OnAbort>>();

function actsOf(signal: AbortSignal): Set<OnAbort> {
  const known = watched.get(signal);
  if (known !== undefined) return known;
  const acts = new Set<OnAbort>();
  watched.set(signal, acts);
  const actAll = (): void => {
    for (const { act } of acts) act();
    acts.clear();
  };
  signal.addEventListener('abort', actAll, { once: true });
  return acts;
}

/** The same pieces, until the signal is aborted: then it rejects with its reason, whatever the source still waits for. */
export async function* untilAborted<Piece>(
  source: AsyncIterable<Piece>,
  signal: AbortSignal,
): AsyncGenerator<Piece> {
  const pieces = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await unlessAborted(pieces.next(), signal);
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    const closed = pieces.return?.();
    // One that hangs would hold up whoever waits for it.
    if (signal.aborted) closed?.catch(() => undefined);
    else await closed;
  }
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const off = onAbort(signal, () => reject(signal.reason));
    work.then(resolve, reject).finally(off);
  });
}
