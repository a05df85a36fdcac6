import { openInput } from '../../input/open-input.ts';
import { callsOf, statusOf, type EarlierResult, type RowOutcome } from '../../model/outcome.ts';
import { RESULT_COLUMNS } from '../../model/result-columns.ts';
import { rowKey, type InputRow } from '../../model/row.ts';
import { resultCells } from '../../results/result-cells.ts';
import type { DoneEntry } from '../../store/journal-line.ts';
import { replayDone } from '../../store/replay-outcomes.ts';
import type { RunContents } from '../../store/run-store.ts';
import { inputOptionsOfRun, onlyFrom } from '../request/input-terms.ts';
import { carriedOutcome, ownOutcome } from './told-outcome.ts';

/** A row that has its end. */
export interface RowTold {
  /** As the run's results tell of it, or will. */
  readonly line: EarlierResult;
  /** The user's own cells, which stand beside it. */
  readonly own: readonly string[];
  /** What decides so: an earlier run's results were the input, or the input by itself is enough. */
  readonly by: 'journal' | 'earlier results' | 'input';
}

/** The user's own header cells. */
export async function headerOf(run: RunContents): Promise<readonly string[]> {
  const opened = await openInput({ name: run.job.input.name, bytes: run.input() }, inputOptionsOfRun(run));
  await opened.close();
  return opened.header;
}

/**
 * Each row of a run, in the input's order; `undefined` for one that has no end yet. By the journal and the run's copy of the input:
 * results so far stop at the first row without an end, and finished ones are anybody's to change.
 */
export async function* rowsSoFar(
  run: RunContents,
  spell: (sentence: string) => string,
): AsyncGenerator<RowTold | undefined> {
  const only = onlyFrom(run.job.terms);
  const opened = await openInput({ name: run.job.input.name, bytes: run.input() }, inputOptionsOfRun(run));
  const recorded = replayDone(run.entries());
  const { header } = opened;
  try {
    for await (const batch of opened.batches) {
      for (const row of batch) {
        const told = carriedOutcome(row, only) ?? (row.kind === 'valid' ? undefined : ownOutcome(row));
        const done = told === undefined ? await recorded.take(row.ordinal) : undefined;
        const outcome = told ?? done?.outcome;
        yield (
          outcome && {
            line: lineOf(row, outcome, { spell, done }),
            own: header.map((_, index) => row.cells[index] ?? '').concat(row.cells.slice(header.length)),
            by: sourceOf(outcome, done),
          }
        );
      }
    }
  } finally {
    await Promise.all([recorded.close(), opened.close()]);
  }
}

function sourceOf(outcome: RowOutcome, done: DoneEntry | undefined): RowTold['by'] {
  if (done !== undefined) return 'journal';
  const isKept = outcome.status === 'carried' || callsOf(outcome).attempts > 0;
  return isKept ? 'earlier results' : 'input';
}

interface Recorded {
  readonly spell: (sentence: string) => string;
  readonly done: DoneEntry | undefined;
}

function lineOf(row: InputRow, outcome: RowOutcome, { spell, done }: Recorded): EarlierResult {
  const values = resultCells(row, outcome, spell);
  const cells = Object.fromEntries(RESULT_COLUMNS.map((name, index) => [name, values[index] ?? '']));
  return { ...callsOf(outcome), status: statusOf(outcome), cells: { ...cells, ...sentFor(row, done) } };
}

/** Of a copy of the input that was changed since, the journal knows better what was sent. */
function sentFor(row: InputRow, done: DoneEntry | undefined): EarlierResult['cells'] {
  if (done === undefined || row.kind !== 'valid' || done.key === rowKey(row.target)) return {};
  const [opportunity = '', type = '', entity = '', , , replacement = ''] = done.key.split(' ');
  const sent = { opportunity_id: opportunity, entity_type: type, entity_id: entity };
  return { row: String(done.row), ...sent, replacement_id: replacement };
}
