import { openInput } from '../input/open-input.ts';
import { RunError, stopOf } from '../model/run-error.ts';
import type { ResultsWriter } from '../results/results-writer.ts';
import { halfReplaced } from './record/half-replaced.ts';
import { rowsDone } from './rows/rows-done.ts';
import { replayOutcomes } from '../store/replay-outcomes.ts';
import type { CallCounts, JournalEntry, TryEntry } from '../store/journal-line.ts';
import { endSession, stopEntry } from '../store/sessions.ts';
import { summarise, type Summary } from '../store/summary.ts';
import { keepRate, type RateKeeper } from '../model/quota/rows-rate.ts';
import { keepTally, type Tally } from '../model/tally.ts';
import type { CallContext } from '../calls/call-context.ts';
import { eitherOf } from '../calls/stop/hold-calls.ts';
import { openOutages } from '../calls/open-outages.ts';
import { patientCredentials } from '../calls/stop/await-sign-in.ts';
import { openPreflight } from '../calls/open-preflight.ts';
import { keepAwaited, noteReadWaits, type AwaitedKeeper } from './keep-awaited.ts';
import { finishIfRunNow, pacedCalls, progressOf, stoppingOf, type RunProgress } from './progress.ts';
import { keepDigest, type DigestKeeper } from './run-digest.ts';
import type { RunEnd } from './run-end.ts';
import type { OpenedRun } from './opened-run.ts';
import { openSessionResults, type SessionResults } from './session-results.ts';
import { runRows, type RowsToRun } from './rows/run-rows.ts';

/** Settles the rows that are left, and publishes the results once every row is in them. */
export async function runSession(run: OpenedRun): Promise<RunEnd> {
  const told: Told = { digest: keepDigest(run.survey.header) };
  try {
    const summary = await settleAndPublish(run, told);
    return { kind: 'finished', tally: told.digest.now(), digest: told.digest.digest(), summary };
  } catch (error) {
    const reason = stopOf(error);
    if (reason === undefined) throw error;
    const soFar = await run.lease.soFar();
    return {
      kind: 'stopped',
      done: rowsDone(run.survey, soFar),
      digest: told.digest.digest(),
      reason,
      journal: soFar.chain,
      halfReplaced: halfReplaced(soFar.unsettled),
    };
  }
}

/** What the end of a session tells of, however early it comes. */
interface Told {
  digest: DigestKeeper;
  /** Of the results so far; absent before they are opened, and once they may have their name. */
  lines?: (() => number | undefined) | undefined;
}

async function settleAndPublish(run: OpenedRun, told: Told): Promise<Summary> {
  const { lease, survey } = run;
  await lease.begin(run.session, run.service.quota);
  const { resolved } = run;
  if (resolved !== undefined && lease.state.resolved === undefined) {
    await lease.append({ t: 'resolved', ...resolved });
  }
  const rate = keepRate();
  const note = (entry: JournalEntry): void => {
    lease.note(entry);
    rate.begin();
  };
  const awaiting = keepAwaited({ note }, run.job.clock, run.job.events);
  const readDay = noteReadWaits(run.service.readDay, { note }, run.job.clock);
  const context = callContext({ ...run, service: { ...run.service, readDay } }, awaiting.news);
  try {
    const results = await openSessionResults(run);
    told.digest = keepDigest(survey.header, results.before?.kept.digest);
    told.lines = results.lines;
    const sha256 = await settleRows({ ...run, results, rate, awaited: awaiting.now }, context, told.digest);
    told.lines = undefined;
    const counts = told.digest.now();
    if (counts.rows !== survey.tally.rows) {
      throw new Error(`${survey.tally.rows} rows were read and ${counts.rows} settled`);
    }
    await lease.flush();
    const summary = summaryOf(run, { counts, calls: callsOf(run, context), sha256 });
    await lease.publish(summary);
    return summary;
  } catch (error) {
    const reason = stopOf(error);
    if (reason !== undefined) {
      const at = new Date(run.job.clock.wallMs()).toISOString();
      lease.note(stopEntry(reason, { at, calls: callsOf(run, context), lines: told.lines?.() }));
    }
    throw error;
  } finally {
    await lease.flush();
  }
}

interface RunUnderWay extends OpenedRun {
  readonly results: SessionResults;
  readonly rate: RateKeeper;
  readonly awaited: AwaitedKeeper['now'];
}

/** Gives the SHA-256 of the results, once every row is in them. */
async function settleRows(run: RunUnderWay, context: CallContext, tally: DigestKeeper): Promise<string> {
  const { lease, survey, job, results, rate } = run;
  try {
    const calls = pacedCalls(run);
    const { settled: before } = lease.state;
    const ran = keepTally(before);
    const progress = (): RunProgress => {
      const settled = ran.now();
      const { rowsToRun: rows } = survey;
      const rowsAhead = Math.min(rows - settled.rows, run.request.limit - (settled.rows - before.rows));
      const standing = { rows, settled, rowsAhead, rate: rate.marks() };
      const stops = job.stopSwitch.signal.aborted && rowsAhead > 0;
      return {
        ...progressOf(standing, calls),
        awaited: run.awaited(),
        ...(stops && stoppingOf(run.service)),
      };
    };
    job.events.began(progress);
    tellSignInEnd(run, progress().expectedFinishMs);
    const count: RowsToRun['settled'] = (settled, byNow) => {
      tally.add(settled);
      if (byNow === 'told before') return;
      ran.add(settled.outcome);
      rate.settled(job.clock.monotonicMs());
    };
    await settleEach({ ...run, count }, context, async (settled) => {
      await results.add(settled);
      await job.settled?.(settled);
    });
    return await results.finish();
  } finally {
    await results.close();
  }
}

function tellSignInEnd({ service, job }: OpenedRun, finishMs: number): void {
  const endsAtMs = service.credentials.signIn?.()?.endsAtMs;
  if (endsAtMs !== undefined && endsAtMs < finishMs) job.events.signInEndsFirst(endsAtMs, finishMs);
}

/** For each row that waits some five are read: what is read ahead waits as long as calls take, and a process may have hundreds of runs. */
const BYTES_A_ROW = 256;

/** A row that can't be written stops the run; the calls under way end before this rejects. */
async function settleEach(
  run: RunUnderWay & { readonly count: RowsToRun['settled'] },
  context: CallContext,
  write: ResultsWriter['add'],
): Promise<void> {
  const { request, input, results, unsettled, count: settled } = run;
  const { rows: from = 0, kept } = results.before ?? {};
  for (const id of kept?.answered ?? []) context.outages.answeredBefore(id);
  const options = { ...input.options, only: request.only, pieceBytes: BYTES_A_ROW * request.waiting };
  const opened = await openInput({ name: input.name, bytes: input.read() }, options);
  const recorded = replayOutcomes(results.entries());
  const waiting = rowsAtOnce(run);
  const rows = { ...request, waiting, batches: opened.batches, from, recorded, unsettled, settled };
  try {
    for await (const row of runRows(rows, context)) {
      await write(row).catch((error: unknown) => {
        if (!(error instanceof RunError)) throw error;
        context.stopSwitch.stop(error);
      });
    }
  } finally {
    await recorded.close();
    await opened.close();
  }
}

/** A run that does not wait for the quota reads for no more rows at once than have a write left: the first that has none ends it. */
function rowsAtOnce({ request: { waiting, planOnly }, service }: OpenedRun): number {
  const { leftInDay } = service.writePace.state(service.writeDay.usage());
  if (planOnly || service.limits.waitForQuota || leftInDay === 'unlimited') return waiting;
  return Math.min(waiting, Math.max(1, leftInDay));
}

/** Of this session. */
function callsOf({ service }: OpenedRun, { preflight }: CallContext): CallCounts {
  const { rereads } = preflight.counts();
  return { ...service.callCounts(), ...(rereads > 0 && { rereads }) };
}

function callContext(
  { request, job, lease, service, survey }: OpenedRun,
  news: AwaitedKeeper['news'],
): CallContext {
  const { stopSwitch, clock, dice, events } = job;
  const { retryPolicy, slots, outageWaitMs: waitMs } = request;
  const outages = openOutages({ ...service, stopSwitch, clock, hold: lease.hold }, { slots, waitMs }, news);
  const credentials = patientCredentials({
    source: service.credentials,
    waitMs: request.signInWaitMs,
    hold: outages.hold,
    stopSwitch,
    clock,
    news,
  });
  const hold = eitherOf(outages.hold, lease.hold);
  const own = { stopSwitch, outages, hold, clock, dice };
  const looks = { ...service, ...own, credentials, options: request, retryPolicy };
  const replaces = survey.tally.replacing > 0;
  const journal = {
    append: lease.append,
    note: lease.note,
    claim: (note: TryEntry) => lease.claim(note, service.writesPerDay),
  };
  return { ...looks, journal, replaces, preflight: openPreflight(looks, events) };
}

function summaryOf(run: OpenedRun, done: WorkDone): Summary {
  const { request, job, lease, service } = run;
  const { counts, calls, sha256 } = done;
  const finishedAt = new Date(job.clock.wallMs()).toISOString();
  const sessions = lease.sessions();
  const last = sessions.slice(-1).map((one) => endSession(one, { ended: 'finished', at: finishedAt, calls }));
  return summarise(lease.job, {
    command: request.command,
    catalog: service.catalog,
    endpoint: service.endpoint,
    results: { name: lease.places.results, sha256 },
    counts,
    ...(counts.plan !== undefined && { finishIfRunNow: finishIfRunNow(counts.plan, run) }),
    sessions: [...sessions.slice(0, -1), ...last],
    journal: lease.chain(),
    finishedAt,
  });
}

interface WorkDone {
  readonly counts: Tally;
  readonly calls: CallCounts;
  /** Of the results. */
  readonly sha256: string;
}
