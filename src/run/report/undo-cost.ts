import { isOperation } from '../../model/operation.ts';
import { idealDuration } from '../../pace/expected-finish.ts';
import type { CallFacts } from '../../report/calls/call-facts.ts';
import type { Report, UndoCost } from '../../report/report.ts';
import type { RunRecord } from '../../store/run-store.ts';
import type { RunStatus } from '../record/read-status.ts';
import { DEFAULT_RUN_OPTIONS } from '../request/run-options.ts';
import type { ReportContext } from './report-context.ts';

/** What tells of it. */
interface FoundToUndo {
  readonly run: RunRecord;
  readonly status: RunStatus;
  readonly calls: CallFacts;
}

const UNDO_OF_UNDO =
  'An undo is taken back by the command of the run that it undid, with the option restart: without it, that run is finished.';

/** Of what is left to be taken back. */
export function undoCost(
  { run, status, calls }: FoundToUndo,
  undos: Report['takenBack'],
  { undoCommand, spell }: ReportContext,
): UndoCost {
  const { command, catalog = '', endpoint = '' } = run.job.terms;
  if (status.journalFault !== undefined) {
    const why = `Nothing is undone while the journal is not as the run left it: ${status.journalFault}.`;
    return { kind: 'not_possible', why };
  }
  if (!isOperation(command)) {
    const why = command === 'undo' ? spell(UNDO_OF_UNDO) : 'It changed nothing that could be undone.';
    return { kind: 'not_possible', why };
  }
  const back = undos.reduce((sum, undo) => sum + undo.writes, 0);
  // Of a replacement that is half done, the half is undone.
  const writes = Math.max(0, (calls.undoWrites ?? 0) + status.halfReplaced.length - back);
  // The command as it is printed goes at the usual pace, whatever that of the run or its rehearsal was.
  const { rate, dailyQuota } = DEFAULT_RUN_OPTIONS;
  const cost = {
    kind: 'writes',
    writes,
    durationMs: idealDuration(writes, rate, dailyQuota),
    command: undoCommand(run.places.run ?? run.places.results, { catalog, endpoint }),
  } as const;
  return status.state === 'running' ? { ...cost, command: `once it has ended: ${cost.command}` } : cost;
}
