/** Counts a session's rows in hand, to tell when nobody is left who could ask anything. */
export class RowsInHand {
  readonly #slots: number;
  #rows = 0;
  #waiting = 0;
  #noMoreRows = false;

  /** `slots`: rows that may be under way at once. */
  constructor(slots: number) {
    this.#slots = slots;
  }

  /** Rows taken, less those that ended; and of them, those that wait for the turn of others. */
  count(rows: number, waiting: number): void {
    this.#rows += rows;
    this.#waiting += waiting;
  }

  inputEnded(): void {
    this.#noMoreRows = true;
  }

  /** Whether so many held rows keep every other from going on: none is left, or has a slot. */
  areHeldUp(held: number): boolean {
    return (this.#noMoreRows || this.#rows >= this.#slots) && this.#areAllHeld(held);
  }

  /** Whether so many held rows are the input's last. */
  areLast(held: number): boolean {
    return this.#noMoreRows && this.#areAllHeld(held);
  }

  #areAllHeld(held: number): boolean {
    return held + this.#waiting >= this.#rows;
  }
}
