/** How far an ordered, concurrent mapping may reach. */
export interface Reach {
  /** Items whose work is under way at once, at most. */
  readonly slots: number;
  /** Items taken from the source and not yet given out, at most: bounds the memory behind a slow item. */
  readonly window: number;
}

/**
 * Maps a source with bounded concurrency and gives the results in the source's order, each as soon as it and all
 * before it are ready. Work that needs no waiting returns its result at once and takes no slot.
 *
 * When work or the source fails, nothing more is taken, work under way ends, what is ready from the head on is given
 * out, and then the first failure is thrown.
 */
export async function* inOrder<T, R extends object>(
  source: AsyncIterable<T>,
  reach: Reach,
  work: (item: T) => R | Promise<R>,
): AsyncGenerator<R> {
  const line = new WaitingLine(source[Symbol.asyncIterator](), reach, work);
  try {
    while (!line.isOver()) {
      // Asked for before anything is started, so that no change is missed.
      const changed = line.nextChange();
      line.pullIfRoom();
      for (let ready = line.takeReady(); ready !== undefined; ready = line.takeReady()) yield ready;
      // What was given out made room; else nothing might ever change again.
      line.pullIfRoom();
      if (!line.isOver()) await changed;
    }
  } finally {
    await line.close();
  }
  line.throwFailure();
}

/** The items taken and not yet given out, in order; a place is filled once its result is ready. */
class WaitingLine<T, R extends object> {
  readonly #source: AsyncIterator<T>;
  readonly #reach: Reach;
  readonly #work: (item: T) => R | Promise<R>;
  readonly #places: { result: R | undefined }[] = [];
  #pending = 0;
  #pulling = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;
  #wake: (() => void) | undefined;

  constructor(source: AsyncIterator<T>, reach: Reach, work: (item: T) => R | Promise<R>) {
    this.#source = source;
    this.#reach = reach;
    this.#work = work;
  }

  isOver(): boolean {
    const idle = this.#pending === 0 && !this.#pulling;
    const allGiven = this.#ended && this.#places.length === 0;
    return idle && (allGiven || (this.#failure !== undefined && this.#places[0]?.result === undefined));
  }

  nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  pullIfRoom(): void {
    if (this.#pulling || this.#ended || this.#failure !== undefined) return;
    if (this.#pending >= this.#reach.slots || this.#places.length >= this.#reach.window) return;
    this.#pulling = true;
    void this.#pull();
  }

  takeReady(): R | undefined {
    const result = this.#places[0]?.result;
    if (result !== undefined) this.#places.shift();
    return result;
  }

  throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #pull(): Promise<void> {
    try {
      const next = await this.#source.next();
      if (next.done === true) this.#ended = true;
      else if (this.#failure === undefined) this.#start(next.value);
    } catch (error) {
      this.#failure ??= { error };
    }
    this.#pulling = false;
    this.#wake?.();
  }

  #start(item: T): void {
    const result = this.#work(item);
    const place: { result: R | undefined } = { result: undefined };
    this.#places.push(place);
    if (result instanceof Promise) void this.#finish(place, result);
    else place.result = result;
  }

  async #finish(place: { result: R | undefined }, result: Promise<R>): Promise<void> {
    this.#pending += 1;
    try {
      place.result = await result;
    } catch (error) {
      this.#failure ??= { error };
    }
    this.#pending -= 1;
    this.#wake?.();
  }
}
