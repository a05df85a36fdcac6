import { isDeepStrictEqual } from 'node:util';
import type { Tally } from '../../../model/tally.ts';
import type { EndEntry, JournalEntry } from '../../../store/journal-line.ts';
import type { RunRecord } from '../../../store/run-store.ts';
import type { LinesHeld } from '../../rows/hold-lines.ts';
import type { Check } from './check-sessions.ts';

/** The counts that the results' lines come to, by those of the end. */
export function callsCheck({ attempts, byException }: LinesHeld, recorded: Tally): Check {
  const names = [...new Set([...Object.keys(byException), ...Object.keys(recorded.byException)])];
  const differ = names
    .filter((name) => byException[name] !== recorded.byException[name])
    .map((name) => `${byException[name] ?? 0} ${name} instead of ${recorded.byException[name] ?? 0}`);
  const tries =
    attempts === recorded.attempts ? [] : [`${attempts} attempts instead of ${recorded.attempts}`];
  return {
    what: 'the results have as many attempts and exceptions as the run recorded',
    sound: tries.length === 0 && isDeepStrictEqual({ ...byException }, { ...recorded.byException }),
    found: `they have ${[...tries, ...differ].join(', ')}`,
  };
}

/**
 * The journal's last line, by those before it: no hash that was told holds it. How many reads the last session made, and how long after its last
 * call it ended, nothing else tells.
 */
export async function endChecks(
  { state: { recent }, entries }: Pick<RunRecord, 'state' | 'entries'>,
  { at, calls }: EndEntry,
): Promise<readonly Check[]> {
  const newest = recent.lastCallMs === undefined ? '' : new Date(recent.lastCallMs).toISOString();
  const time: Check = {
    what: 'the end of the run is told for a time behind its newest call',
    sound: at >= newest,
    found: `it is told for ${at}, and that call was at ${newest}: the line was changed, or the clock was set back`,
  };
  if (calls === undefined) return [time];
  const noted = await throttlesOfLast(entries());
  const { throttles, reads } = calls;
  return [
    time,
    {
      what: 'the throttles of the last session are those that the journal has, and of its reads',
      sound: throttles >= noted && throttles <= noted + reads,
      found: `${throttles} are told, of ${noted} writes and at most ${reads} reads`,
    },
  ];
}

async function throttlesOfLast(entries: AsyncIterable<JournalEntry>): Promise<number> {
  let throttles = 0;
  for await (const entry of entries) {
    if (entry.t === 'session') throttles = 0;
    if (isThrottled(entry)) throttles += 1;
  }
  return throttles;
}

function isThrottled(entry: JournalEntry): boolean {
  if (entry.t === 'answer') return entry.fault?.kind === 'throttled';
  return entry.t === 'done' && 'fault' in entry.outcome && entry.outcome.fault.kind === 'throttled';
}
