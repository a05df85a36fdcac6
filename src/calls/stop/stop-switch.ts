import type { RunError } from '../../model/run-error.ts';

/** Stops a run once: no new calls; those in flight finish. The first reason counts. */
export interface StopSwitch {
  /** Aborted with the `RunError` that stopped the run. */
  readonly signal: AbortSignal;
  readonly stop: (reason: RunError) => void;
}

export function createStopSwitch(): StopSwitch {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    stop: (reason) => {
      if (!controller.signal.aborted) controller.abort(reason);
    },
  };
}
