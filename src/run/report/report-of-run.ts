import { basename } from 'node:path';
import { isQuotaGoneElsewhere } from '../../calls/stop/stop-reasons.ts';
import { foldJournalCalls, type CallFacts } from '../../report/calls/call-facts.ts';
import type { Report, ReportedRun } from '../../report/report.ts';
import { foldWaits, type WaitsFold } from '../../report/calls/wait-facts.ts';
import { foldJournalChanges, type ChangedRows } from '../../report/rows/changed-rows.ts';
import { foldRows, type RowFacts, type SinceOf } from '../../report/rows/row-facts.ts';
import { givenTerms, isPlan } from '../../store/given-terms.ts';
import type { RunRecord } from '../../store/run-store.ts';
import type { Summary } from '../../store/summary.ts';
import { changedBefore } from '../record/changed-before.ts';
import { nameCheck } from '../record/verify/check-summary.ts';
import { parseSummary } from '../record/verify/read-remains.ts';
import { readStatus, type RunStatus } from '../record/read-status.ts';
import { areResults, openResults } from '../record/result-rows.ts';
import { LINES_TOLD } from '../record/verify/check-lines.ts';
import { INPUT_CHECK, RESULTS_CHECK, verifyRun } from '../record/verify/verify-run.ts';
import type { Verification } from '../record/verify/verification.ts';
import { foldResults } from './fold-results.ts';
import { gapsOf } from './gaps.ts';
import { outlookOf, waitsOf } from './outlook.ts';
import { NOTHING_PLANNED, planTold, withAdvice } from './plan-told.ts';
import type { ReportContext } from './report-context.ts';
import { doubtsIn } from '../rows/rows-done.ts';
import { headerOf, rowsSoFar } from '../rows/rows-so-far.ts';
import { NOTHING_SINCE, type SinceTold } from './rows-since.ts';
import { sessionOptions } from './session-options.ts';
import { stopWords } from './stop-words.ts';
import { trailCommands } from './trail-commands.ts';
import { undoCost } from './undo-cost.ts';

/** Everything that was found of a run. */
interface Found extends Pick<Report, 'basis' | 'told'> {
  readonly run: RunRecord;
  readonly status: RunStatus;
  /** Of a finished run. */
  readonly summary: Summary | undefined;
  readonly rows: RowFacts;
  /** Rows that have no end yet. */
  readonly open: number;
  readonly calls: CallFacts;
}

/** What is left of a run, before its rows are read. */
type Left = Pick<Found, 'run' | 'status' | 'summary'>;

/** The report of a run whose record stands; changes nothing. */
export async function reportOfRun(
  run: RunRecord,
  context: ReportContext,
  since: SinceTold = NOTHING_SINCE,
): Promise<Report> {
  const status = await readStatus(run);
  const summary = parseSummary((await run.publishedSummary()) ?? '');
  const { calls, changed, waits } = await ofJournal(run);
  const nowMs = context.clock.wallMs();
  const isDamaged = status.journalFault !== undefined;
  const verified = await verifyRun(run, status, context, since.corrected);
  const basis = await basisOf({ run, status, summary }, verified);
  const told = await toldBy({ run, status }, basis, verified);
  const inPlace = told === 'journal' || isSound(RESULTS_CHECK, verified);
  const sinceOf: SinceOf = (row, ordinal) => since.of(row, inPlace ? ordinal : undefined);
  const { rows, open } = await rowsOf({ run, told, sinceOf }, context);
  const found: Found = {
    run,
    status,
    summary,
    basis,
    told,
    open,
    calls: isDamaged || isQuotaGoneElsewhere(status.stop) ? withoutQuota(calls) : calls,
    rows: isDamaged && told === 'results' ? rows : byJournal(rows, changed, run),
  };
  return {
    madeBy: context.tool,
    madeAtMs: nowMs,
    timeZone: context.timeZone,
    basis,
    told,
    run: { ...reportedRun(found, context), ofResults: await areResults(run.job.input.name, run.input) },
    rows: withAdvice(found.rows, context),
    calls: found.calls,
    waits: waitsOf(waits.waits(status.state === 'running' ? nowMs : undefined), status, nowMs),
    sessions: run.state.sessions,
    sessionOptions: sessionOptions(run.state.sessions, context),
    undo: undoCost(found, since.takenBack, context),
    takenBack: since.takenBack,
    doneSince: since.doneSince(),
    before: since.before(),
    ...(since.corrected !== undefined && isAllElse(verified) && { corrected: since.corrected }),
    checks: verified.checks,
    trailCommands: trailCommands({ ...found, ...trailOf(found) }, context),
    gaps: [...gapsOf(found), ...(verified.notVerified ?? []).map((what) => `Not verified here: ${what}.`)],
  };
}

async function basisOf(found: Left, { sound }: Verification): Promise<Report['basis']> {
  if (sound) return 'proven';
  return (await isJournalWhole(found)) ? 'journal' : 'unproven';
}

/** Results that are not the run's tell nothing of it, while its journal does. */
async function toldBy(
  { run, status }: Pick<Found, 'run' | 'status'>,
  basis: Report['basis'],
  { checks }: Verification,
): Promise<Report['told']> {
  // A journal that was cut has no end either.
  if (status.journalFault !== undefined)
    return (await run.publishedResults()) === undefined ? 'journal' : 'results';
  if (status.end === undefined) return 'journal';
  const failed = new Set(checks.filter(({ sound }) => !sound).map(({ what }) => what));
  return basis === 'journal' && failed.has(RESULTS_CHECK) && !failed.has(INPUT_CHECK) ? 'journal' : 'results';
}

/** Whether nothing but the results is otherwise than the run left it. */
function isAllElse({ checks }: Verification): boolean {
  return checks.every(({ what, sound }) => sound || what === RESULTS_CHECK || what === LINES_TOLD);
}

function isSound(check: string, { checks }: Verification): boolean {
  return checks.some(({ what, sound }) => what === check && sound);
}

/** Without its end, it is whole only as far as a summary tells how long it was. */
async function isJournalWhole({ run, status, summary }: Left): Promise<boolean> {
  if (status.journalFault !== undefined) return false;
  if (status.end !== undefined || summary?.journal !== undefined) return true;
  return (await run.publishedResults()) === undefined;
}

async function rowsOf(
  { run, told, sinceOf }: Pick<Found, 'run' | 'told'> & { readonly sinceOf: SinceOf },
  { spell }: ReportContext,
): Promise<{ readonly rows: RowFacts; readonly open: number }> {
  const beganMs = Date.parse(run.job.at);
  if (told !== 'journal') {
    const bytes = await run.publishedResults();
    const fold =
      bytes === undefined
        ? foldRows(beganMs, sinceOf)
        : await foldResults(await openResults(run.places.results, bytes), beganMs, sinceOf);
    return { rows: fold.facts(), open: 0 };
  }
  const fold = foldRows(beganMs, sinceOf, await headerOf(run));
  let open = 0;
  for await (const row of rowsSoFar(run, spell)) {
    if (row === undefined) open += 1;
    else fold.add(row.line, row.own);
  }
  return { rows: fold.facts(), open };
}

interface JournalTold {
  readonly calls: CallFacts;
  readonly changed: ChangedRows;
  readonly waits: WaitsFold;
}

async function ofJournal(run: RunRecord): Promise<JournalTold> {
  const waits = foldWaits();
  const calls = foldJournalCalls();
  const changes = foldJournalChanges();
  for await (const entry of run.entries()) {
    calls.add(entry);
    changes.add(entry);
    waits.add(entry);
  }
  return { calls: calls.facts(), changed: changes.now(), waits };
}

/** By a journal that was changed nobody knows what was spent; where others have used the quota up, what is left by this count is not. */
function withoutQuota(calls: CallFacts): CallFacts {
  return { ...calls, points: calls.points.map(({ quotaLeft: _told, ...point }) => point) };
}

/** Results can be lost, changed, or another run's: what the run changed is told by its journal. */
function byJournal(rows: RowFacts, changed: ChangedRows, { state }: RunRecord): RowFacts {
  return { ...rows, changed, ...(state.end !== undefined && { changedBefore: changedBefore(state) }) };
}

function halvesOf(status: RunStatus): ReportedRun['halfReplaced'] {
  const rows = status.journalFault === undefined ? status.halfReplaced : [];
  const both = rows.filter(({ holds }) => holds === 'both').length;
  return { both, neither: rows.length - both };
}

function reportedRun(
  { run, status, summary, open }: Found,
  { spell, optionWords, clock }: ReportContext,
): ReportedRun {
  const { job } = status;
  const { end } = run.state;
  const { command, catalog, endpoint } = job.terms;
  const { results, partialResults } = run.places;
  const isOpen = end === undefined && status.journalFault === undefined;
  const inDoubt = isOpen ? doubtsIn(run.state.unsettled) : [];
  return {
    state: status.state,
    id: job.id,
    tool: job.tool,
    command,
    planned: isPlan(job.terms),
    catalog,
    endpoint,
    caller: summary?.caller ?? undefined,
    terms: optionWords(givenTerms(job.terms)),
    input: job.input,
    results: { name: end === undefined ? partialResults : results, sha256: end?.resultsSha256 },
    finalName: basename(results),
    otherName: otherNameOf(run, summary),
    hashed: 'recorded',
    beganAt: job.at,
    endedAt: end?.at,
    stop: stopWords(status, spell),
    inDoubt,
    halfReplaced: halvesOf(status),
    rowsLeft: isOpen ? Math.max(0, open - inDoubt.length) : 0,
    goOn: status.journalFault === undefined && status.state === 'stopped' ? status.goOn : undefined,
    outlook: outlookOf(status, clock.wallMs()),
    goesOnByItself: status.journalFault === undefined && status.nextAtMs !== undefined,
    plan: planTold(
      end?.tally.plan ?? (end !== undefined && isPlan(job.terms) ? NOTHING_PLANNED : undefined),
      {
        endpoint,
        options: run.state.sessions.at(-1)?.options,
        finishIfRunNow: summary?.finishIfRunNow,
        runIt: run.state.session?.runIt,
      },
      { spell },
    ),
  };
}

function trailOf({ run: { job, places, state } }: Found): {
  readonly results: string;
  readonly endpoint: string | undefined;
} {
  const results = state.end === undefined ? places.partialResults : basename(places.results);
  return { results, endpoint: job.terms['endpoint'] };
}

function otherNameOf({ places, job }: RunRecord, summary: Summary | undefined): string | undefined {
  const isOwn = nameCheck(places, job, { found: summary !== undefined, ...summary }).sound;
  return isOwn ? undefined : basename(places.results);
}
