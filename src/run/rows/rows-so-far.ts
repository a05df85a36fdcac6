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

/**
 * Each row of a run that is not finished, in the input's order, as its results will tell of it; `undefined` for one that has no end
 * yet. By the journal and the run's copy of the input: the results so far stop at the first row without an end.
 */
export async function* rowsSoFar(
  run: RunContents,
  spell: (sentence: string) => string,
): AsyncGenerator<EarlierResult | undefined> {
  const only = onlyFrom(run.job.terms);
  const opened = await openInput({ name: run.job.input.name, bytes: run.input() }, inputOptionsOfRun(run));
  const recorded = replayDone(run.entries());
  try {
    for await (const batch of opened.batches) {
      for (const row of batch) {
        const told = carriedOutcome(row, only) ?? (row.kind === 'valid' ? undefined : ownOutcome(row));
        const done = told === undefined ? await recorded.take(row.ordinal) : undefined;
        const outcome = told ?? done?.outcome;
        yield outcome && lineOf(row, outcome, { spell, done });
      }
    }
  } finally {
    await Promise.all([recorded.close(), opened.close()]);
  }
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
  const [opportunity = '', type = '', entity = ''] = done.key.split(' ');
  return { row: String(done.row), opportunity_id: opportunity, entity_type: type, entity_id: entity };
}
