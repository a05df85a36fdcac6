import { openInput } from '../input/open-input.ts';
import type { RowOutcome } from '../model/outcome.ts';
import { RunError } from '../model/run-error.ts';
import { beginResults, type ResultsWriter } from '../results/results-writer.ts';
import { replayOutcomes } from '../store/replay-outcomes.ts';
import type { RunLease, SessionStart } from '../store/run-store.ts';
import { summarise, type CallCounts, type Summary } from '../store/summary.ts';
import type { PlanTally, Tally } from '../model/tally.ts';
import type { OpenService } from './service/open-service.ts';
import type { Preflight } from '../calls/look/preflight.ts';
import { viewPace } from '../pace/pace-view.ts';
import { openPreflight } from '../calls/look/open-preflight.ts';
import { progressOf, type PacedCalls } from './progress.ts';
import { keepDigest, type DigestKeeper } from './run-digest.ts';
import type { RunEnd } from './run-end.ts';
import type { RunEvents } from './run-events.ts';
import type { JobDependencies, RunRequest } from './request/run-request.ts';
import { runRows } from './rows/run-rows.ts';
import type { Session } from '../calls/session.ts';
import { writesOf, type RereadableInput, type Survey } from './request/survey-input.ts';
import { watchHealth } from '../calls/stop/service-health.ts';

/** Everything that one session of a run works with. */
export interface SessionParts {
  readonly request: RunRequest;
  readonly deps: JobDependencies;
  readonly events: RunEvents;
  readonly lease: RunLease;
  readonly input: RereadableInput;
  readonly survey: Survey;
  readonly service: OpenService;
}

/** Settles the rows that are left, and publishes the results once every row is in them. */
export async function runSession(parts: SessionParts): Promise<RunEnd> {
  const tally = keepDigest(parts.survey.header);
  try {
    const summary = await settleAndPublish(parts, tally);
    return { kind: 'finished', tally: tally.now(), digest: tally.digest(), summary };
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return {
      kind: 'stopped',
      tally: tally.now(),
      digest: tally.digest(),
      rows: parts.survey.tally.rows,
      reason: error,
    };
  }
}

async function settleAndPublish(parts: SessionParts, tally: DigestKeeper): Promise<Summary> {
  const { lease, survey } = parts;
  await lease.begin(sessionStart(parts), parts.service.quota);
  const session = sessionOf(parts);
  const preflight = openPreflight(parts.request, session, parts.events);
  try {
    const sha256 = await settleRows(parts, { session, preflight }, tally);
    const counts = tally.now();
    if (counts.rows !== survey.tally.rows) {
      throw new Error(`${survey.tally.rows} rows were read and ${counts.rows} settled`);
    }
    const { rereads } = preflight.counts();
    const calls = { ...parts.service.callCounts(), ...(rereads > 0 && { rereads }) };
    const summary = summaryOf(parts, { counts, calls, sha256 });
    await lease.publish(summary);
    return summary;
  } finally {
    await lease.flush();
  }
}

interface Means {
  readonly session: Session;
  readonly preflight: Preflight;
}

/** Gives the SHA-256 of the results, once every row is in them. */
async function settleRows(parts: SessionParts, means: Means, tally: DigestKeeper): Promise<string> {
  const { lease, survey, events, deps } = parts;
  const results = await openResults(parts);
  try {
    const calls = pacedCalls(parts);
    // Rows of earlier sessions come by first, and are none to wait for.
    const doneBefore = lease.state.settled.rows;
    let rowsRun = 0;
    events.began(() => {
      const rowsLeft = survey.rowsToRun - Math.max(rowsRun, doneBefore);
      return progressOf(survey.tally, tally.now(), rowsLeft, calls);
    });
    await settleEach(parts, means, async (settled) => {
      tally.add(settled);
      if (wasRun(settled.outcome)) rowsRun += 1;
      await results.add(settled);
      await deps.settled?.(settled);
    });
    return await results.finish();
  } finally {
    await results.close();
  }
}

/** A row that can't be written stops the run; the calls under way end before this rejects. */
async function settleEach(
  parts: SessionParts,
  { session, preflight }: Means,
  write: ResultsWriter['add'],
): Promise<void> {
  const { request, lease, input } = parts;
  const opened = await openInput({ name: input.name, bytes: input.read() }, input.options);
  const recorded = replayOutcomes(lease.entries());
  const rows = { ...request, batches: opened.batches, recorded, unsettled: lease.state.unsettled };
  try {
    for await (const settled of runRows(rows, session, preflight)) {
      await write(settled).catch((error: unknown) => {
        if (!(error instanceof RunError)) throw error;
        session.stopSwitch.stop(error);
      });
    }
  } finally {
    await recorded.close();
    await opened.close();
  }
}

function sessionStart({ service, deps }: SessionParts): SessionStart {
  const { writesPerSecond, writesPerDay, reserve } = service.limits;
  return {
    t: 'session',
    at: new Date(deps.clock.wallMs()).toISOString(),
    callsPerSecond: writesPerSecond,
    callsPerDay: writesPerDay === 'unlimited' ? 'unlimited' : writesPerDay - reserve,
  };
}

async function openResults({ lease, request, survey }: SessionParts): Promise<ResultsWriter> {
  const {
    header,
    table: { dialect },
  } = survey;
  return beginResults(await lease.results(), {
    dialect,
    header,
    defuseAll: request.defuseAll,
    ...(request.spell !== undefined && { spell: request.spell }),
  });
}

function sessionOf({ request, deps, lease, service }: SessionParts): Session {
  return {
    partnerCentral: service.partnerCentral,
    credentials: service.credentials,
    writePace: service.writePace,
    writeDay: service.writeDay,
    readPace: service.readPace,
    readDay: service.readDay,
    journal: lease,
    retryPolicy: request.retryPolicy,
    stopSwitch: deps.stopSwitch,
    health: watchHealth(deps.clock, request.slots),
    clock: deps.clock,
    dice: deps.dice,
  };
}

function summaryOf({ request, deps, lease, service }: SessionParts, done: WorkDone): Summary {
  const { counts, calls, sha256 } = done;
  return summarise(lease.job, {
    command: request.command,
    catalog: service.catalog,
    endpoint: service.endpoint,
    caller: service.caller,
    options: request.options,
    results: { name: lease.places.results, sha256 },
    counts,
    ...(counts.plan !== undefined && { finishIfRunNow: finishIfRunNow(counts.plan, service) }),
    calls,
    finishedAt: new Date(deps.clock.wallMs()).toISOString(),
  });
}

interface WorkDone {
  readonly counts: Tally;
  readonly calls: CallCounts;
  /** Of the results. */
  readonly sha256: string;
}

function finishIfRunNow({ writesNeeded }: PlanTally, { writePace, writeDay }: OpenService): string {
  return new Date(viewPace(writePace, writeDay).expectedFinishMs(writesNeeded)).toISOString();
}

/** Whether the row was one to be run, rather than told by the input alone. */
function wasRun({ status }: RowOutcome): boolean {
  return status !== 'invalid' && status !== 'duplicate' && status !== 'carried';
}

function pacedCalls({
  request: { planOnly, preflight },
  service: { readPace, readDay, writePace, writeDay },
  survey,
}: SessionParts): readonly [PacedCalls, ...PacedCalls[]] {
  const reads: PacedCalls = { pace: viewPace(readPace, readDay), callsOf: (rowsLeft) => rowsLeft };
  if (planOnly) return [reads];
  const writes: PacedCalls = {
    pace: viewPace(writePace, writeDay),
    callsOf: (rowsLeft) => writesOf(rowsLeft, survey),
  };
  return preflight ? [writes, reads] : [writes];
}
