/** The answer to one of several questions, or why there is none. */
type Settled<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly error: unknown };

/**
 * Asks several questions at a time, and gives the answers in the order of the questions: `ahead` of them are under way
 * at most. Where one fails, those before it are given, those under way end, and then this throws.
 */
export async function* readInOrder<Item, Answer>(
  items: readonly Item[],
  from: number,
  ahead: number,
  ask: (item: Item, ordinal: number) => Promise<Answer>,
): AsyncGenerator<Answer> {
  const underWay: Promise<Settled<Answer>>[] = [];
  let next = from;
  let failed = false;
  const begin = (item: Item, ordinal: number): void => {
    const asked = ask(item, ordinal).then(
      (answer): Settled<Answer> => ({ ok: true, answer }),
      (error: unknown): Settled<Answer> => {
        failed = true;
        return { ok: false, error };
      },
    );
    underWay.push(asked);
  };
  try {
    for (;;) {
      for (; !failed && underWay.length < ahead && next < items.length; next += 1) {
        const item = items[next];
        if (item !== undefined) begin(item, next);
      }
      const settled = await underWay.shift();
      if (settled === undefined) return;
      if (!settled.ok) throw settled.error;
      yield settled.answer;
    }
  } finally {
    await Promise.all(underWay);
  }
}
