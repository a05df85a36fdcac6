import type { JobEntry, KeptMembers, MarkEntry } from '../journal-line.ts';
import type { JournalState } from '../journal-state.ts';

/** The state as a mark has it: what JSON can hold, but for the run's first line, which stands at the journal's head. */
export function packState({ job: _first, unsettled, ...state }: JournalState): KeptMembers {
  return { ...state, unsettled: [...unsettled] };
}

/** The state of the lines before a mark, whose form has been looked at. */
export function stateAt({ state }: MarkEntry, job: JobEntry): JournalState {
  // `isMark` has looked at its members, and its checksum shows that this tool wrote them.
  const packed = state as unknown as PackedState;
  const { session, sessions, end, stop, resolved, settled, furthest, writes, recent } = packed;
  const { faults, lastCallMs, awaited, rate = [] } = recent;
  return {
    job,
    session,
    sessions,
    end,
    stop,
    resolved,
    settled,
    furthest,
    writes,
    recent: { faults, lastCallMs, awaited, rate },
    unsettled: new Map(packed.unsettled),
  };
}

type Unsettled =
  JournalState['unsettled'] extends ReadonlyMap<infer Key, infer Value> ? readonly [Key, Value] : never;

interface PackedState extends Omit<JournalState, 'job' | 'unsettled' | 'recent'> {
  readonly unsettled: readonly Unsettled[];
  /** A mark of an earlier version has no rate. */
  readonly recent: Omit<JournalState['recent'], 'rate'> & Partial<Pick<JournalState['recent'], 'rate'>>;
}
