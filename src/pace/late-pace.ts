import type { Pace } from './pace.ts';

/** A pace that is made once it is asked for anything: plans never write, most runs of a fleet never read, and each pace holds 5 KB. */
export function latePace(make: () => Pace): Pace {
  let made: Pace | undefined;
  const pace = (): Pace => (made ??= make());
  return {
    schedule: (job) => pace().schedule(job),
    noteAnswer: (answer, leastPauseMs) => pace().noteAnswer(answer, leastPauseMs),
    counts: () => made?.counts() ?? { calls: 0, throttles: 0 },
    state: (day) => pace().state(day),
    inFlight: () => made?.inFlight() ?? 0,
    expectedFinishMs: (unansweredCalls, day) => pace().expectedFinishMs(unansweredCalls, day),
    close: () => pace().close(),
  };
}
