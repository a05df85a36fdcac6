import { createHash } from 'node:crypto';
import { isChange, WANTED, type EarlierResult } from '../../model/outcome.ts';
import { journalledCells, type JournalledCells } from '../../results/result-cells.ts';
import type { RunContents } from '../../store/run-store.ts';

/** Lines of results held against the journal. */
export interface LinesHeld {
  /** Lines that tell otherwise than the journal, or of calls of the run that it has none of. */
  readonly different: number;
  /** The row that the first of them names; empty for none. */
  readonly firstRow: string;
  /** Lines that tell of calls from before the run began, which its journal knows nothing of: an earlier run's results were the input. */
  readonly kept: number;
}

/**
 * Each line of the results, by what the journal has of its row: what was sent, how it ended, the request ids and times. In memory
 * eight bytes a row. `lines`: of some `rows` rows, in their order.
 */
export async function holdLines(
  run: RunContents,
  rows: number,
  lines: AsyncIterable<EarlierResult | undefined>,
): Promise<LinesHeld> {
  const noted = await digestsIn(run, rows);
  const beganMs = Date.parse(run.job.at);
  let [ordinal, different, kept, firstRow] = [0, 0, 0, ''];
  for await (const line of lines) {
    const expected = noted[ordinal] ?? 0;
    ordinal += 1;
    const isUnnoted = expected === 0 && line !== undefined && tellsOfCalls(line);
    if (isUnnoted && (line.finishedAt ?? 0) < beganMs) kept += 1;
    else if (isUnnoted || (expected !== 0 && !isTold(line, expected))) {
      different += 1;
      if (different === 1) firstRow = line?.cells.row ?? String(ordinal + 1);
    }
  }
  return { different, firstRow, kept };
}

async function digestsIn(run: RunContents, rows: number): Promise<Float64Array> {
  const noted = new Float64Array(rows);
  for await (const entry of run.entries()) {
    if (entry.t === 'done')
      noted[entry.ordinal] = digestOf(withoutType(entry.key), journalledCells(entry.outcome));
  }
  return noted;
}

function isTold(line: EarlierResult | undefined, expected: number): boolean {
  return line !== undefined && digestOf(keyIn(line), line.cells) === expected;
}

/** What a plan would do is no claim that anything was done. */
function tellsOfCalls({ status, attempts }: EarlierResult): boolean {
  return attempts > 0 || (isChange(status) && !status.startsWith('would_'));
}

/** As the journal's key has it, but for the replacement's type, which results don't tell. */
function keyIn({ cells }: EarlierResult): string {
  const { replacement_id: replacement = '' } = cells;
  const own = [cells.opportunity_id, cells.entity_type, cells.entity_id].join(' ');
  return replacement === '' || replacement === WANTED ? own : `${own} -> ${replacement}`;
}

function withoutType(key: string): string {
  return key.replace(/ -> \S+ /, ' -> ');
}

/** Never 0; 48 bits of a hash that nobody makes two texts for. Of columns that results lack, the cells are empty. */
function digestOf(key: string, told: Partial<JournalledCells>): number {
  const { status, exception, attempts, request_ids: ids, started_at: from, finished_at: to } = told;
  const text = JSON.stringify([key, status, exception, attempts, ids, from, to]);
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) + 1;
}
