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
