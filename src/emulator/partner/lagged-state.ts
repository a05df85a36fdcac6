import type { AssociationStore, EntityList } from './association-store.ts';

interface Superseded {
  readonly atMs: number;
  /** What the opportunity held until then. */
  readonly before: EntityList;
}

/** Answers what an opportunity held a little while ago, as a read replica that lags does. */
export class LaggedState {
  readonly #store: AssociationStore;
  readonly #lagMs: number;
  /** Of each opportunity changed within the lag, oldest first. */
  readonly #superseded = new Map<string, Superseded[]>();

  constructor(store: AssociationStore, lagMs: number) {
    this.#store = store;
    this.#lagMs = lagMs;
  }

  /** To be called just before each change; times are monotonic. */
  beforeChange(opportunityId: string, atMs: number): void {
    if (this.#lagMs <= 0) return;
    const before = this.#store.entitiesOf(opportunityId) ?? [];
    this.#superseded.set(opportunityId, [...this.#recent(opportunityId, atMs), { atMs, before }]);
  }

  entitiesAt(opportunityId: string, atMs: number): EntityList | undefined {
    const recent = this.#recent(opportunityId, atMs);
    if (recent.length === 0) this.#superseded.delete(opportunityId);
    return recent[0]?.before ?? this.#store.entitiesOf(opportunityId);
  }

  #recent(opportunityId: string, atMs: number): readonly Superseded[] {
    const all = this.#superseded.get(opportunityId) ?? [];
    return all.filter((change) => change.atMs > atMs - this.#lagMs);
  }
}
