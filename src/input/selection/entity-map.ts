import { lastSegment, sameEntityId } from '../../model/entity.ts';

/** Finds what was said of an entity under any spelling of its identifier: a whole ARN, or its bare last segment. */
export class EntityMap<Value> {
  readonly #byEnd = new Map<string, [id: string, value: Value][]>();

  /** The identifier that was put before and names the same entity, with its value. */
  find(id: string): readonly [id: string, value: Value] | undefined {
    return this.#byEnd.get(lastSegment(id))?.find(([known]) => sameEntityId(known, id));
  }

  put(id: string, value: Value): void {
    const end = lastSegment(id);
    const known = this.#byEnd.get(end);
    if (known === undefined) this.#byEnd.set(end, [[id, value]]);
    else known.push([id, value]);
  }
}
