/** How fast and how much may be asked, and for how long a call may take. */
export interface CallLimits {
  readonly writesPerSecond: number | 'unlimited';
  readonly readsPerSecond: number | 'unlimited';
  /** In any 24 hours. */
  readonly writesPerDay: number | 'unlimited';
  readonly readsPerDay: number | 'unlimited';
  /** How much of that is left to other tools. */
  readonly reserve: number;
  /** `false`: the run stops, resumable, when the daily quota is used up. */
  readonly waitForQuota: boolean;
  readonly concurrency: number;
  readonly timeoutMs: number;
}
