import { RunError } from '../model/run-error.ts';

/** Rows to loop over, once, and a summary of them all. */
export interface Rows<Row, Summary> extends AsyncIterable<Row> {
  /**
   * Resolves once the work is done; rejects with the `RunError` that stopped it. Awaited without a loop, it does the work by
   * itself, and the rows go by unseen. `catch` and `finally` only listen; a loop that is begun at once still has every row.
   */
  readonly summary: Promise<Summary>;
}

/** Hands a row to whoever loops; resolves once the next one is asked for, so that a slow consumer slows the work. */
export type OfferRow<Row> = (row: Row) => Promise<void>;

/** Work that offers its rows one after the other. */
export interface FedWork<Row, Summary> {
  readonly run: (offer: OfferRow<Row>) => Promise<Summary>;
  /** The loop was left before its end: the work is to stop, and `run` to settle. */
  readonly leave: () => void;
}

/** Begins the work when the first row, or the summary, is waited for; not where a failure alone is listened for. */
export function feedRows<Row, Summary>(work: FedWork<Row, Summary>): Rows<Row, Summary> {
  const feed = new Feed(work);
  return {
    [Symbol.asyncIterator]: () => feed.loop(),
    summary: lazily(() => feed.unlooped(), feed.summary),
  };
}

class Feed<Row, Summary> {
  readonly #work: FedWork<Row, Summary>;
  /** Settles as the work does, whoever begins it. */
  readonly summary: Promise<Summary>;
  #tell: (done: Promise<Summary>) => void = () => undefined;
  #done: Promise<Summary> | undefined;
  #looped = false;
  #unseen = false;
  #row: { readonly value: Row; readonly taken: () => void } | undefined;
  #changed: () => void = () => undefined;

  constructor(work: FedWork<Row, Summary>) {
    this.#work = work;
    this.summary = new Promise((resolve) => {
      this.#tell = resolve;
    });
    // Whoever waits for it hears of a failure; a loop that nobody's summary follows has thrown it.
    this.summary.catch(() => undefined);
  }

  /** The summary; where nobody has begun to loop a turn later, nobody will, and the rows are passed over. */
  async unlooped(): Promise<Summary> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.#looped) this.#unseen = true;
    return this.#begin();
  }

  async *loop(): AsyncGenerator<Row, undefined> {
    if (this.#looped || this.#unseen) {
      throw new RunError('usage', 'These rows were gone through before, or passed over for their summary.');
    }
    this.#looped = true;
    const done = this.#begin();
    let ended = false;
    const end = (): void => {
      ended = true;
      this.#changed();
    };
    done.then(end, end);
    try {
      for (;;) {
        while (this.#row === undefined && !ended) await this.#change();
        const row = this.#row;
        if (row === undefined) break;
        yield row.value;
        this.#row = undefined;
        row.taken();
      }
      await done;
    } finally {
      if (!ended) await this.#leave(done);
    }
    return undefined;
  }

  #begin(): Promise<Summary> {
    this.#done ??= this.#work.run((row) => this.#offer(row));
    this.#tell(this.#done);
    return this.#done;
  }

  #offer(value: Row): Promise<void> {
    if (this.#unseen) return Promise.resolve();
    return new Promise((taken) => {
      this.#row = { value, taken };
      this.#changed();
    });
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = resolve;
    });
  }

  /** Work under way ends, unseen, before the loop is left. */
  async #leave(done: Promise<Summary>): Promise<void> {
    this.#unseen = true;
    this.#work.leave();
    this.#row?.taken();
    await done.catch(() => undefined);
  }
}

/** A promise whose work begins when somebody first waits for it; `begun` is the same, and begins nothing. */
function lazily<Value>(begin: () => Promise<Value>, begun: Promise<Value>): Promise<Value> {
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- a promise is one
    then: (fulfilled, rejected) => begin().then(fulfilled, rejected),
    catch: (rejected) => begun.catch(rejected),
    finally: (settled) => begun.finally(settled),
    [Symbol.toStringTag]: 'Promise',
  };
}
