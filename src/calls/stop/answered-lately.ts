import type { OpportunityId } from '../../model/entity.ts';

/** Enough that one of them, gone wrong by itself, does not pass for the service. */
const KEPT = 3;

/** A few opportunities that the service has answered for. */
export class AnsweredLately {
  #ids: readonly OpportunityId[] = [];

  note(id: OpportunityId): void {
    if (this.#ids.includes(id)) return;
    this.#ids = [id, ...this.#ids].slice(0, KEPT);
  }

  /** Each in its turn, the newest first; none where none was answered for. */
  next(): OpportunityId | undefined {
    const [first, ...others] = this.#ids;
    if (first !== undefined) this.#ids = [...others, first];
    return first;
  }
}
