/** Time that a call takes: uniform within `jitterMs` of the mean. */
export interface Latency {
  readonly meanMs: number;
  readonly jitterMs: number;
}
