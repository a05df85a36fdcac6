import { createHash } from 'node:crypto';
import { keepTally } from '../../../src/model/tally.ts';
import type { CallRecord, RowOutcome } from '../../../src/model/outcome.ts';
import type { InputRow } from '../../../src/model/row.ts';
import { headerText, rowsText, type ResultsForm, type SettledRow } from '../../../src/results/results-csv.ts';
import { summarise } from '../../../src/store/summary.ts';
import { association } from '../../emulator/associations.ts';
import { JOB, sessionOf } from '../../results/samples.ts';

const BEGAN_MS = Date.UTC(2026, 10, 16, 8);
const DAY_ROWS = 10_000;
const DAY_MS = 86_400_000;
/** Of 1,000 rows. */
const FAILED = 110;
const REFUSED = 20;

const FORM: ResultsForm = {
  dialect: { delimiter: ',', lineEnding: '\n', bom: false },
  header: ['Opportunity ID', 'Entity Type', 'Entity ID'],
  defuseAll: false,
};

/** What is left of a run of so many rows, a day's quota a day, in the words that the program itself writes it in. */
export function largeRun(rows: number): { readonly results: string; readonly summary: string } {
  const settled = Array.from({ length: rows }, (_, ordinal) => settledRow(ordinal));
  const results = headerText(FORM) + rowsText(settled, FORM);
  const tally = keepTally();
  for (const { outcome } of settled) tally.add(outcome);
  const counts = tally.now();
  const session = sessionOf({
    startedAt: new Date(BEGAN_MS).toISOString(),
    endedAt: new Date(leftAt(rows)).toISOString(),
    writes: rows,
    rows: counts.byStatus,
  });
  const summary = summarise(
    { ...JOB, at: session.startedAt },
    {
      command: 'disassociate',
      catalog: 'AWS',
      endpoint: 'https://partnercentral-selling.us-east-1.api.aws',
      results: { name: 'large.csv', sha256: createHash('sha256').update(results).digest('hex') },
      counts,
      sessions: [session],
      finishedAt: session.endedAt ?? '',
    },
  );
  return { results, summary: JSON.stringify(summary) };
}

function settledRow(ordinal: number): SettledRow {
  const target = association(`O${1_000_000 + ordinal}`, 'Solutions', 'S-0000001');
  const cells = [target.opportunityId, target.entity.type, target.entity.id];
  const row: InputRow = { kind: 'valid', ordinal, row: ordinal + 2, target, cells };
  return { row, outcome: outcomeOf(ordinal) };
}

function outcomeOf(ordinal: number): RowOutcome {
  const calls = callsOf(ordinal);
  const place = ordinal % 1_000;
  const failed = place < FAILED;
  if (!failed && place < 1_000 - REFUSED) return { status: 'disassociated', confirmedBy: 'answer', calls };
  const exception = failed ? 'ResourceNotFoundException' : 'ValidationException';
  const message = failed ? 'Not visible with these credentials.' : 'It can’t be changed at this stage.';
  return { status: 'failed', fault: { kind: 'refused', exception, message }, calls };
}

/** Request ids as the service makes them: nothing of them can be guessed, or pressed together. */
function callsOf(ordinal: number): CallRecord {
  const hex = createHash('sha256').update(String(ordinal)).digest('hex');
  const id = [0, 8, 12, 16, 20].map((from, part, all) => hex.slice(from, all[part + 1] ?? 32)).join('-');
  const startedAt = leftAt(ordinal);
  return { attempts: 1, requestIds: [id], startedAt, finishedAt: startedAt + 90 };
}

function leftAt(ordinal: number): number {
  return BEGAN_MS + Math.floor(ordinal / DAY_ROWS) * DAY_MS + (ordinal % DAY_ROWS) * 1_000;
}
