import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createGate, type Gate } from '../../src/pace/gate.ts';
import { LONGEST_SLEEP_MS } from '../../src/pace/quota-rule.ts';
import { DAY_MS } from '../../src/model/quota/quota-day.ts';
import { fileDay, type OpenDay } from '../store/days.ts';
import { cases } from '../soak.ts';
import { createVirtualClock, type VirtualClock } from '../pace/virtual-clock.ts';

const HOUR_MS = 3_600_000;
/** Five days of calls, each as long as in a soak: where they are fewer, they are as much farther apart. */
const CALLS = cases(50_000);
const CALLS_PER_DAY = CALLS / 5;
const SPACING_MS = 10_000_000 / CALLS_PER_DAY;
const RESTART_EVERY_MS = 5 * HOUR_MS;
const SUSPEND_MS = 8 * HOUR_MS;

/** Hours after the start, of true time. */
interface Calendar {
  readonly suspendAtHour: number;
  readonly setBackAtHour: number;
}

/** Starts of the calls of a scheduler that knows true time and the suspend, and never restarts. */
function idealStarts({ suspendAtHour }: Calendar): readonly number[] {
  const suspendAtMs = suspendAtHour * HOUR_MS;
  const starts: number[] = [];
  for (let call = 0; call < CALLS; call++) {
    const startMs = Math.max(
      (starts[call - 1] ?? -SPACING_MS) + SPACING_MS,
      (starts[call - CALLS_PER_DAY] ?? Number.NEGATIVE_INFINITY) + DAY_MS,
    );
    const asleep = startMs >= suspendAtMs && startMs < suspendAtMs + SUSPEND_MS;
    starts.push(asleep ? suspendAtMs + SUSPEND_MS : startMs);
  }
  return starts;
}

async function liveThrough(calendar: Calendar): Promise<readonly number[]> {
  const clock = createVirtualClock();
  const folder = await mkdtemp(join(tmpdir(), 'oppsweep-calendar-'));
  const due = [
    { atMs: calendar.suspendAtHour * HOUR_MS, happen: () => clock.suspend(SUSPEND_MS) },
    { atMs: calendar.setBackAtHour * HOUR_MS, happen: () => clock.setWall(-HOUR_MS) },
  ];
  const starts: number[] = [];
  let restartAtMs = RESTART_EVERY_MS;
  while (starts.length < CALLS) {
    const { day, gate } = await open(folder, clock);
    while (starts.length < CALLS && clock.trueMs() < restartAtMs) {
      for (const event of due.splice(0)) {
        if (event.atMs <= clock.trueMs()) event.happen();
        else due.push(event);
      }
      if (await step({ day, gate }, clock, restartAtMs)) starts.push(clock.trueMs());
    }
    await day.close();
    restartAtMs = clock.trueMs() + RESTART_EVERY_MS;
  }
  return starts;
}

interface Process {
  readonly day: OpenDay;
  readonly gate: Gate;
}

async function open(folder: string, clock: VirtualClock): Promise<Process> {
  const day = await fileDay(folder, clock, CALLS_PER_DAY);
  const limits = {
    callsPerSecond: 1_000 / SPACING_MS,
    concurrency: 16,
    calledBefore: day.usage().times.length > 0,
  };
  const gate = createGate({ ...limits, clock, dice: () => 0 });
  return { day, gate };
}

/** One sleep as long as the pace's, or one call. */
async function step({ day, gate }: Process, clock: VirtualClock, untilMs: number): Promise<boolean> {
  const delayMs = Math.max(gate.windowDelayMs(), gate.pauseDelayMs());
  const place = delayMs > 0 ? { waitMs: delayMs } : await day.take();
  if (place !== 'taken') {
    clock.advance(Math.min(Math.ceil(place.waitMs), LONGEST_SLEEP_MS, Math.max(1, untilMs - clock.trueMs())));
    return false;
  }
  gate.started(0);
  gate.noteAnswer('accepted');
  return true;
}

function mostIn(starts: readonly number[], windowMs: number): number {
  let oldest = 0;
  let most = 0;
  for (const [newest, start] of starts.entries()) {
    while (start - (starts[oldest] ?? start) >= windowMs) oldest += 1;
    most = Math.max(most, newest - oldest + 1);
  }
  return most;
}

describe(`${CALLS} rows at one in ${SPACING_MS} ms and ${CALLS_PER_DAY} a day, with a restart every 5 hours`, () => {
  it.each([
    {
      name: 'a suspend while calling, then a clock set back while waiting',
      suspendAtHour: 25,
      setBackAtHour: 60,
    },
    {
      name: 'a suspend while waiting, then a clock set back while calling',
      suspendAtHour: 10,
      setBackAtHour: 49,
    },
    {
      name: 'a clock set back while waiting, then a suspend while calling',
      suspendAtHour: 73,
      setBackAtHour: 40,
    },
  ])('pass no window and end within 1 % of the ideal: $name', async (calendar) => {
    const starts = await liveThrough(calendar);
    const ideal = idealStarts(calendar);
    expect(mostIn(starts, DAY_MS)).toBeLessThanOrEqual(CALLS_PER_DAY);
    expect(mostIn(starts, SPACING_MS)).toBe(1);
    expect((starts.at(-1) ?? Number.NaN) / (ideal.at(-1) ?? Number.NaN)).toBeLessThan(1.01);
  });
});
