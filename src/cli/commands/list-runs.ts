import { assertNever } from '../../model/fault.ts';
import { stopOf } from '../../model/run-error.ts';
import { allAsWished } from '../../model/tally.ts';
import { readStatus, type RunStatus } from '../../run/record/read-status.ts';
import { onOneLine } from '../process/terminal.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { unbegunRow } from '../words/fleet/describe-unbegun.ts';
import { EXIT, worstOf } from '../words/hints/stop-codes.ts';
import { describeRuns, runLine } from '../words/status/describe-runs.ts';
import { exitCodeOfUnbegun, toldUnbegun, unbegunRuns } from './fleet/unbegun-runs.ts';

interface ListedRun {
  readonly found: RunStatus;
  /** By which its home knows it. */
  readonly name: string;
  readonly results: string;
}

/** A line each, of a folder or of a store; its exit code is that of the worst. */
export async function listRuns(json: boolean | undefined, context: ProcessContext): Promise<number> {
  const { runs, terminal, store } = context;
  const listed: ListedRun[] = [];
  let damaged = 0;
  for (const name of await runs.list()) {
    try {
      const run = await runs.record(name, 'newest mark');
      if (run !== undefined) listed.push({ found: await readStatus(run), name, results: run.places.results });
    } catch (error) {
      const why = stopOf(error);
      if (why === undefined) throw error;
      damaged += 1;
      terminal.err(onOneLine([name])(`${name}: ${why.message}\n`));
    }
  }
  const unbegun = await unbegunRuns(context);
  if (json === true) {
    const runsHere = listed.map(({ found, name, results }) => ({
      ...found,
      results,
      ...(store !== undefined && { run: name }),
    }));
    const notBegun = unbegun.map(toldUnbegun);
    const told = { version: 1, runs: runsHere, ...(store !== undefined && { notBegun }) };
    terminal.out(`${JSON.stringify(told, null, 2)}\n`);
  } else
    terminal.tell(
      describeRuns([
        ...listed.map(({ found, name, results }) => runLine(found, store === undefined ? results : name)),
        ...unbegun.map(unbegunRow),
      ]),
    );
  const nowhere = store === undefined ? 'No run stands in this folder.' : 'There is no run in the store.';
  if (listed.length + damaged + unbegun.length === 0) terminal.err(`${nowhere}\n`);
  if (damaged > 0) return EXIT.nothingSent;
  return worstOf([...listed.map(({ found }) => exitCodeOfRun(found)), ...unbegun.map(exitCodeOfUnbegun)]);
}

export function exitCodeOfRun(found: RunStatus): number {
  if (found.journalFault !== undefined) return EXIT.nothingSent;
  const { state, end } = found;
  switch (state) {
    case 'running':
      return EXIT.running;
    case 'stopped':
      return EXIT.stopped;
    case 'finished':
      return end === undefined || allAsWished(end.tally) ? EXIT.settled : EXIT.someNot;
    default:
      return assertNever(state);
  }
}
