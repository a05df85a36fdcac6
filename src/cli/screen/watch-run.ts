import type { RunStatus } from '../../run/record/read-status.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { dated } from '../words/progress/dated-lines.ts';

export interface WatchedRun {
  readonly read: () => Promise<RunStatus>;
  /** All that is to be told of it, for a screen that is drawn again. */
  readonly whole: (found: RunStatus) => string;
  /** Where it stands, in one line, for everything else: written with its moment where that is not what a program reads. */
  readonly line: (found: RunStatus) => string;
  readonly json: boolean;
}

const DRAW_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 10_000;
/** Looking takes time of a machine that works: so many times as long is waited between two looks. */
const REST = 10;

/** Looks again and again while a process works on the run: redraws a terminal, writes a line at each change elsewhere. Gives the last look. */
export async function watchRun(
  { read, whole, line, json }: WatchedRun,
  { terminal, clock }: Pick<ProcessContext, 'terminal' | 'clock'>,
): Promise<RunStatus> {
  const draws = terminal.canRedraw && !json;
  let last = '';
  for (;;) {
    const begunMs = clock.monotonicMs();
    const found = await read();
    if (draws) terminal.clear();
    if (found.state !== 'running') return found;
    const words = draws ? whole(found) : line(found);
    if (draws) terminal.err(words);
    else if (words !== last) terminal.out(json ? `${words}\n` : dated(`${words}\n`, clock.wallMs()));
    last = words;
    const tookMs = clock.monotonicMs() - begunMs;
    await clock.sleep(Math.max(draws ? DRAW_EVERY_MS : LOOK_EVERY_MS, REST * tookMs));
  }
}
