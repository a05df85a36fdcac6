import type { RunRecord } from '../../../store/run-store.ts';
import { changedBefore } from '../changed-before.ts';
import type { ChangedBefore } from './changed-before.ts';
import type { Corrected, Looking } from './corrected.ts';
import { doneByCounts, type DoneSince } from './done-since.ts';
import { runsSince } from './runs-since.ts';
import { takenBackBy, type TakenBack } from './taken-back.ts';

/** What runs that stand beside a run have to do with its rows; absent where that is nothing. */
export interface FoundSince {
  readonly corrected?: Corrected;
  readonly changedBefore?: ChangedBefore;
  readonly takenBack?: readonly TakenBack[];
  readonly doneSince?: readonly DoneSince[];
}

/** Counted, for whoever asks where the run stands. */
export async function foundSince(run: RunRecord, looking: Looking): Promise<FoundSince> {
  const { corrected, undos, again } = await runsSince(run, looking);
  const takenBack = await takenBackBy(undos, again);
  // Loaded where they are asked for, as what they read lines by.
  const doneSince =
    doneByCounts(again) ?? (await (await import('./count-done-since.ts')).countDoneSince(again));
  const before =
    changedBefore(run.state) === 0
      ? undefined
      : await (await import('./changed-before.ts')).countChangedBefore(run, looking);
  return {
    ...(corrected !== undefined && { corrected }),
    ...(before !== undefined && { changedBefore: before }),
    ...(takenBack.length > 0 && { takenBack }),
    ...(doneSince.length > 0 && { doneSince }),
  };
}
