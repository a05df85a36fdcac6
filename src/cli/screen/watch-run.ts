import type { RunStatus } from '../../run/record/read-status.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { dated } from '../process/terminal.ts';
import { dueChanges } from '../words/progress/dated-lines.ts';

export interface WatchedRun {
  readonly read: () => Promise<RunStatus>;
  /** All that is to be told of it, for a screen that is drawn again. */
  readonly whole: (found: RunStatus) => string;
  /** Where it stands, in one line, for everything else: written with its moment where that is not what a program reads. */
  readonly line: (found: RunStatus) => string;
  readonly json: boolean;
}

/** As a run's own lines, unless it is asked for others. */
const TELL_EVERY_MS = 600_000;
const DRAW_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 10_000;
/** Looking takes time of a machine that works: so many times as long is waited between two looks. */
const REST = 10;

/** Looks again and again while a process works on the run: redraws a terminal, elsewhere writes a line at each change of what it does, and every so often. Gives the last look. */
export async function watchRun(
  { read, whole, line, json }: WatchedRun,
  { terminal, clock }: Pick<ProcessContext, 'terminal' | 'clock'>,
): Promise<RunStatus> {
  const draws = terminal.canRedraw && !json;
  const isDue = dueChanges(TELL_EVERY_MS);
  let last = '';
  for (;;) {
    const begunMs = clock.monotonicMs();
    const found = await read();
    if (found.state !== 'running') {
      if (draws) terminal.draw('');
      return found;
    }
    const words = draws ? whole(found) : line(found);
    const due = isDue(doingOf(found), clock.monotonicMs()) || last === '';
    if (draws) terminal.draw(words);
    else if (json ? words !== last : due) {
      terminal.out(json ? `${words}\n` : dated(`${words}\n`, clock.wallMs()));
    }
    last = words;
    const tookMs = clock.monotonicMs() - begunMs;
    await clock.sleep(Math.max(draws ? DRAW_EVERY_MS : LOOK_EVERY_MS, REST * tookMs));
  }
}

function doingOf(found: RunStatus): string {
  if (found.journalFault !== undefined) return 'is damaged';
  if (found.holder?.suspended === true) return 'is suspended';
  return found.waits === undefined ? 'goes' : `waits for ${found.waits.for}`;
}
