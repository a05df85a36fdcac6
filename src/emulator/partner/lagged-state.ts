import type { AssociationStore, EntityList } from './association-store.ts';

interface Superseded {
  readonly atMs: number;
  /** The entities that the opportunity held until then. */
  readonly before: EntityList;
}

/** Answers what an opportunity held a little while ago, as a read replica that lags does. */
export class LaggedState {
  readonly #store: AssociationStore;
  readonly #lagMs: number;
  /** Of each opportunity changed within the lag, the one that was changed last at the end; each oldest first. */
  readonly #superseded = new Map<string, Superseded[]>();

  constructor(store: AssociationStore, lagMs: number) {
    this.#store = store;
    this.#lagMs = lagMs;
  }

  /** To be called just before each change; times are monotonic. */
  beforeChange(opportunityId: string, atMs: number): void {
    if (this.#lagMs <= 0) return;
    const before = this.#store.entitiesOf(opportunityId) ?? [];
    const recent = this.#recent(opportunityId, atMs);
    this.#superseded.delete(opportunityId);
    this.#superseded.set(opportunityId, [...recent, { atMs, before }]);
    this.#forgetUpTo(atMs - this.#lagMs);
  }

  entitiesAt(opportunityId: string, atMs: number): EntityList | undefined {
    const recent = this.#recent(opportunityId, atMs);
    if (recent.length === 0) this.#superseded.delete(opportunityId);
    return recent[0]?.before ?? this.#store.entitiesOf(opportunityId);
  }

  /** Changes that nobody reads again would be kept for ever. */
  #forgetUpTo(atMs: number): void {
    for (const [opportunityId, changes] of this.#superseded) {
      const newest = changes.at(-1);
      if (newest !== undefined && newest.atMs > atMs) return;
      this.#superseded.delete(opportunityId);
    }
  }

  #recent(opportunityId: string, atMs: number): readonly Superseded[] {
    const all = this.#superseded.get(opportunityId) ?? [];
    return all.filter((change) => change.atMs > atMs - this.#lagMs);
  }
}
