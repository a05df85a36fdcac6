/** More fleets than a worker has runs of at a time. */
const KEPT = 8;

/**
 * What is made of a text, once for all that ask for it, of the newest few texts: a worker has hundreds of runs of few fleets, and the
 * options of a fleet may have a map of ten thousand replacements.
 */
export function ofNewest<Made>(make: (text: string) => Made): (text: string) => Made {
  const made = new Map<string, Made>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    const own = make(text);
    made.set(text, own);
    for (const oldest of made.keys()) if (made.size > KEPT) made.delete(oldest);
    return own;
  };
}
