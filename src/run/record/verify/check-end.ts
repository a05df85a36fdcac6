import { isDeepStrictEqual } from 'node:util';
import type { Tally } from '../../../model/tally.ts';
import type { CallCounts, EndEntry, JournalEntry } from '../../../store/journal-line.ts';
import type { RunRecord } from '../../../store/run-store.ts';
import type { Session } from '../../../store/sessions.ts';
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
  { state: { recent, sessions }, entries }: Pick<RunRecord, 'state' | 'entries'>,
  end: EndEntry,
): Promise<readonly Check[]> {
  const { at, calls } = end;
  const newest = recent.lastCallMs === undefined ? '' : new Date(recent.lastCallMs).toISOString();
  const time: Check = {
    what: 'the end of the run is told for a time behind its newest call',
    sound: at >= newest,
    found: `it is told for ${at}, and that call was at ${newest}: the line was changed, or the clock was set back`,
  };
  const members = endMembersCheck(end);
  if (calls === undefined) return [time, members];
  const noted = await throttlesOfLast(entries());
  const { throttles, reads } = calls;
  return [
    time,
    members,
    ...writesCheck(calls.writes, sessions),
    {
      what: 'the throttles of the last session are those that the journal has, and of its reads',
      sound: throttles >= noted && throttles <= noted + reads,
      found: `${throttles} are told, of ${noted} writes and at most ${reads} reads`,
    },
  ];
}

/** The session that an end ends has ended by itself: each of its writes has its line before that. */
function writesCheck(told: number, sessions: readonly Session[]): readonly Check[] {
  const ended = sessions.findLast((session) => session.ended === 'finished');
  if (ended === undefined) return [];
  const what = 'the end tells of as many writes of its session as the lines before it';
  return [{ what, sound: told === ended.writes, found: `${told} are told, of ${ended.writes}` }];
}

const MEMBERS: Readonly<Record<keyof EndEntry, true>> = {
  t: true,
  tally: true,
  resultsSha256: true,
  at: true,
  calls: true,
};
const MEMBERS_OF_TALLY: Readonly<Record<keyof Tally, true>> = {
  rows: true,
  byStatus: true,
  byException: true,
  attempts: true,
  plan: true,
};
const MEMBERS_OF_CALLS: Readonly<Record<keyof CallCounts, true>> = {
  writes: true,
  reads: true,
  throttles: true,
  rereads: true,
};

/** What was put into the line would pass for the run's own words. */
function endMembersCheck(end: EndEntry): Check {
  const { tally, calls = {} } = end;
  const strange = [
    ...Object.keys(end).filter((name) => !(name in MEMBERS)),
    ...Object.keys(tally).filter((name) => !(name in MEMBERS_OF_TALLY)),
    ...Object.keys(calls).filter((name) => !(name in MEMBERS_OF_CALLS)),
  ];
  return {
    what: "the journal's end has what a run writes, and nothing else",
    sound: strange.length === 0,
    found: `${strange.map((name) => JSON.stringify(name)).join(', ')} is none of a run's`,
  };
}

async function throttlesOfLast(entries: AsyncIterable<JournalEntry>): Promise<number> {
  let throttles = 0;
  for await (const entry of entries) {
    if (entry.t === 'session') throttles = 0;
    if (entry.t === 'answer' && entry.fault?.kind === 'throttled') throttles += 1;
  }
  return throttles;
}
