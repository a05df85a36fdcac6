/** Keeps calls from leaving while it is on. */
export interface Hold {
  readonly isOn: () => boolean;
  /** Resolves once it is off. Rejects with the signal's reason. */
  readonly over: (signal: AbortSignal) => Promise<void>;
}
