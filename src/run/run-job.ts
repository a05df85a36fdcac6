import { RunError } from '../model/run-error.ts';
import { viewPace } from '../pace/pace-view.ts';
import { isWaitedFor, quotaReached } from '../pace/quota-rule.ts';
import type { JournaledWrites } from '../store/account-quota.ts';
import { identify } from '../store/input-bytes.ts';
import { notedInPlace } from '../store/recent-events.ts';
import type { RunLease } from '../store/run-store.ts';
import type { RunEnd, SessionEnd } from './run-end.ts';
import type { Resumption, RunEvents } from './run-events.ts';
import type { JobContext } from './job-context.ts';
import { MARK_EVERY } from './mark-rows.ts';
import type { RunRequest } from './request/run-request.ts';
import { assertAnyAskedFor } from './request/asked-for.ts';
import { assertSameOperation } from './request/same-operation.ts';
import { assertMeansAll } from './export-guard.ts';
import { assertSoundJournal } from './record/journal-fault.ts';
import { accountsOf, assertAccountOf } from './record/run-accounts.ts';
import { assertStillReplaced, rowsWritten } from './record/replaced-before.ts';
import { earlierRun, undosOf } from './record/since/earlier-run.ts';
import { takenBackBy, withUndone, type TakenBack } from './record/since/taken-back.ts';
import { rowsInDoubt } from './rows/rows-done.ts';
import { runSession } from './run-session.ts';
import { changesSince, sessionStart, type SessionChange } from './session-start.ts';
import type { ListedSolution } from '../model/call.ts';
import { withResolved } from './request/input-terms.ts';
import type { OpenedRun } from './opened-run.ts';
import { keptSurvey, surveyIn } from './request/kept-survey.ts';
import type { InputTally } from '../input/rows/input-tally.ts';
import { surveyInput, surveyWith, type RereadableInput, type Survey } from './request/survey-input.ts';
import { emulatorWithoutSolutions, listSolutions } from './resolve/list-solutions.ts';
import { resolveTerms } from './resolve/resolve-terms.ts';
import type { OpenService } from './service/open-service.ts';

/**
 * Runs a job from its input to its results, or goes on with it. Rejects with a `RunError` where nothing was sent;
 * what stops it later is an end like any other.
 */
export async function runJob(request: RunRequest, job: JobContext): Promise<RunEnd> {
  const lease = await job.runs.open({ ...request, account: job.account }, job.events.setAside);
  try {
    await assertSoundJournal(lease);
    // While it is held, no undo of it begins.
    const { settled, unsettled: left, end: ended } = lease.state;
    const isBegun = settled.rows > 0 || left.size > 0 || ended !== undefined;
    const found = isBegun ? await undosOf(earlierRun(lease), job.runs) : [];
    const undos = await takenBackBy(found);
    const unsettled = await withUndone(left, found);
    const end = (await finishedBefore(lease)) ?? (await goOn({ lease, undos, unsettled }, request, job));
    return { ...end, takenBack: undos };
  } finally {
    await lease.release();
  }
}

/**
 * Results that are there are left alone, even where somebody has changed them since; missing ones, or a missing summary of
 * what is as it was, are made again.
 */
async function finishedBefore(lease: RunLease): Promise<SessionEnd | undefined> {
  const { end } = lease.state;
  const results = end && (await lease.publishedResults());
  if (end === undefined || results === undefined) return undefined;
  const { sha256 } = await identify(lease.places.results, results);
  const resultsIntact = sha256 === end.resultsSha256;
  if (resultsIntact && (await lease.publishedSummary()) === undefined) return undefined;
  return { kind: 'finished_before', tally: end.tally, at: end.at, resultsIntact };
}

/** A run as it was found, and what undos of it have taken back. */
interface Begun extends Pick<OpenedRun, 'lease' | 'unsettled'> {
  readonly undos: readonly TakenBack[];
}

async function goOn(
  { lease, undos, unsettled }: Begun,
  request: RunRequest,
  job: JobContext,
): Promise<SessionEnd> {
  const { state } = lease;
  const { events } = job;
  const asked: RereadableInput = {
    name: lease.job.input.name,
    read: lease.input,
    options: request.inputOptions,
  };
  const service = openedOnce(
    () => {
      const opening = job.openService(asked, request, journaledWrites(lease));
      return state.session === undefined ? opening : opening.catch(signedInBefore);
    },
    ({ caller }) => {
      assertAccountOf(accountsOf(lease), caller);
      assertAccountOf(request.undoes?.accounts ?? [], caller);
    },
  );
  try {
    const solutions = async (): Promise<readonly ListedSolution[]> => {
      const opened = await service.open();
      const listed = await listSolutions({
        ...job,
        ...opened,
        hold: lease.hold,
        retryPolicy: request.retryPolicy,
      });
      if (listed.length === 0 && opened.endpoint === 'emulator')
        throw emulatorWithoutSolutions(asked.options);
      return listed;
    };
    const resolved = state.resolved ?? (await resolveTerms(request, asked, solutions));
    const input = { ...asked, options: withResolved(asked.options, resolved) };
    const survey = await surveyOf(input, lease, request);
    if (state.job === undefined) assertSameOperation(request, input.name, survey);
    await assertMeansAll(request, input, survey, lease.job.input);
    if (state.job === undefined) await assertStillReplaced(input, survey);
    assertAnyAskedFor({ name: input.name, only: request.only }, survey.statuses);
    events.understood(survey.table, await withWritten(survey, input), survey);
    if (survey.stillUnreplaced > 0) events.stillUnreplaced(survey.stillUnreplaced);
    if (survey.unmapped.size > 0) events.unmapped(survey.unmapped);
    if (state.job !== undefined) events.resumed({ ...resumptionOf(lease, unsettled), takenBack: undos });
    const opened = await service.open();
    if (opened.clockAheadMs !== undefined) events.clockSetRight(opened.clockAheadMs);
    if (opened.quota.restored > 0) events.quotaRestored(opened.quota.restored);
    const session = {
      ...sessionStart(request, { ...job, clock: opened.clock }, opened),
      ...(survey.tally.rows < (job.markEvery ?? MARK_EVERY) && { survey: keptSurvey(survey) }),
    };
    if (state.session !== undefined) tellChanges(changesSince(state.session, session), events);
    await job.confirm({ survey, rowsDone: state.settled.rows }, opened);
    assertQuotaForWork(request, lease, survey, opened);
    return await runSession({
      request,
      job: { ...job, clock: opened.clock },
      lease,
      unsettled,
      session,
      input,
      survey,
      service: opened,
      resolved,
    });
  } finally {
    // All that was counted is in its file by now; what has come of the run stays so.
    await service.close().catch(() => undefined);
  }
}

/** The counts; of results, with what the run that wrote them told of, where lines are missing since. */
async function withWritten({ table, tally }: Survey, { name }: RereadableInput): Promise<InputTally> {
  const written = table.resultsFile && (await rowsWritten(name));
  if (written === undefined || written <= tally.rows) return tally;
  return { ...tally, told: { ...tally.told, lost: { missing: written - tally.rows, written } } };
}

/** Of a run that has a mark, this version's reading of the same input is known. */
async function surveyOf(
  input: RereadableInput,
  { marked, state }: RunLease,
  request: RunRequest,
): Promise<Survey> {
  const known = surveyIn(marked, request.tool);
  if (known !== undefined) return surveyWith(known, input);
  return surveyInput(input, { ...request, refuseUnclear: state.job === undefined });
}

/**
 * A used-up quota that is not waited for is found before a further session begins: of a command that is run every hour, most would
 * do nothing. Rows in doubt need a read alone. A first session makes the run, with all that was asked for.
 */
function assertQuotaForWork(
  { planOnly }: RunRequest,
  { state: { session, settled, unsettled } }: RunLease,
  { rowsToRun }: Survey,
  { writePace, writeDay, clock, limits }: OpenService,
): void {
  if (planOnly || session === undefined || settled.rows >= rowsToRun) return;
  if (rowsInDoubt(unsettled).length > 0) return;
  const { freesAtMs } = viewPace(writePace, writeDay).state();
  if (freesAtMs === undefined || isWaitedFor(freesAtMs - clock.wallMs(), limits.waitForQuota)) return;
  throw quotaReached(freesAtMs);
}

/** The journal is read for the times of its writes only where the count of them has too few. */
function journaledWrites({ state, newestWrites: timesMs }: RunLease): JournaledWrites | undefined {
  const noted = notedInPlace(state.writes);
  return noted && { ...noted, timesMs };
}

/** Of a run that had credentials before, the same command goes on once they are back. */
function signedInBefore(error: unknown): never {
  if (!(error instanceof RunError) || error.code !== 'credentials_missing') throw error;
  throw new RunError('credentials_expired', error.message, error.advice, error);
}

function tellChanges(changes: readonly SessionChange[], { changed }: RunEvents): void {
  if (changes.length > 0) changed(changes);
}

/** A service that is opened when it is first needed, and asked only if it is the one that is meant. */
function openedOnce(
  open: () => Promise<OpenService>,
  assertMeant: (service: OpenService) => void,
): {
  readonly open: () => Promise<OpenService>;
  readonly close: () => Promise<void>;
} {
  let opened: OpenService | undefined;
  return {
    open: async () => {
      opened ??= await open();
      assertMeant(opened);
      return opened;
    },
    close: async () => opened?.close(),
  };
}

function resumptionOf(
  { job, state }: RunLease,
  unsettled: Begun['unsettled'],
): Omit<Resumption, 'takenBack'> {
  const inDoubt = rowsInDoubt(unsettled).filter(({ undone }) => undone === undefined);
  return { begunAt: job.at, rowsDone: state.settled.rows, rowsInDoubt: inDoubt.length };
}
