import { openInput } from '../input/open-input.ts';
import type { RowOutcome } from '../model/outcome.ts';
import { RunError } from '../model/run-error.ts';
import type { SessionEntry } from '../store/journal-line.ts';
import { writeJournal, type FileJournal } from '../store/files/run-folder/journal-writer.ts';
import { beginPartialResults, type PartialResults } from '../store/files/run-folder/partial-results.ts';
import { readJournal } from '../store/files/run-folder/read-journal.ts';
import { replayOutcomes } from '../store/replay-outcomes.ts';
import { summarise, type CallCounts, type Summary } from '../store/summary.ts';
import { keepTally, type PlanTally, type Tally, type TallyKeeper } from '../model/tally.ts';
import { unwritable } from '../store/files/run-folder/unwritable.ts';
import type { OpenRun } from '../store/files/run-folder/open-run.ts';
import type { OpenService } from './service/open-service.ts';
import type { Preflight } from '../calls/look/preflight.ts';
import { openPreflight } from '../calls/look/open-preflight.ts';
import { progressOf, type PacedCalls } from './progress.ts';
import { publishResults } from '../store/files/run-folder/publish-results.ts';
import type { RunEnd } from './run-end.ts';
import type { RunEvents } from './run-events.ts';
import type { JobDependencies, RunRequest } from './run-request.ts';
import { runRows } from './rows/run-rows.ts';
import type { Session } from '../calls/session.ts';
import { writesOf, type RereadableInput, type Survey } from './survey-input.ts';
import { watchAnswers } from '../calls/stop/watch-answers.ts';

/** Everything that one session of a run works with. */
export interface SessionParts {
  readonly request: RunRequest;
  readonly deps: JobDependencies;
  readonly events: RunEvents;
  readonly run: OpenRun;
  readonly input: RereadableInput;
  readonly survey: Survey;
  readonly service: OpenService;
}

/** Settles the rows that are left, and publishes the results once every row is in them. */
export async function runSession(parts: SessionParts): Promise<RunEnd> {
  const tally = keepTally();
  try {
    const summary = await settleAndPublish(parts, tally);
    return { kind: 'finished', tally: tally.now(), summary };
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return { kind: 'stopped', tally: tally.now(), rows: parts.survey.tally.rows, reason: error };
  }
}

async function settleAndPublish(parts: SessionParts, tally: TallyKeeper): Promise<Summary> {
  const { request, deps, survey } = parts;
  const journal = await openJournal(parts);
  const session = sessionOf(parts, journal);
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
    await publishResults(summary, request.paths, journal, deps.disk);
    return summary;
  } finally {
    await journal.close();
  }
}

interface Means {
  readonly session: Session;
  readonly preflight: Preflight;
}

/** Gives the SHA-256 of the results, once every row is in them. */
async function settleRows(parts: SessionParts, means: Means, tally: TallyKeeper): Promise<string> {
  const { run, survey, events } = parts;
  const partial = await openPartial(parts);
  try {
    const calls = pacedCalls(parts);
    // Rows of earlier sessions come by first, and are none to wait for.
    const doneBefore = run.state.settled.rows;
    let rowsRun = 0;
    events.began(() => {
      const rowsLeft = survey.rowsToRun - Math.max(rowsRun, doneBefore);
      return progressOf(survey.tally, tally.now(), rowsLeft, calls);
    });
    await settleEach(parts, means, async (settled) => {
      tally.add(settled.outcome);
      if (wasRun(settled.outcome)) rowsRun += 1;
      await partial.add(settled);
    });
    return await partial.finish();
  } finally {
    await partial.close();
  }
}

/** A row that can't be written stops the run; the calls under way end before this rejects. */
async function settleEach(
  parts: SessionParts,
  { session, preflight }: Means,
  write: PartialResults['add'],
): Promise<void> {
  const { request, deps, run, input } = parts;
  const { journal } = request.paths;
  const opened = await openInput({ name: input.name, bytes: input.read() }, input.options);
  const recorded = replayOutcomes(readJournal(journal, deps.disk.read(journal)), run.state.soundBytes);
  const rows = { ...request, batches: opened.batches, recorded, unsettled: run.state.unsettled };
  try {
    for await (const settled of runRows(rows, session, preflight)) {
      await write(settled).catch((error: unknown) => {
        session.stopSwitch.stop(unwritable('The results so far', error));
      });
    }
  } finally {
    await recorded.close();
    await opened.close();
  }
}

/** Cuts a torn tail off, and begins a new run's journal with its first line. */
async function openJournal(parts: SessionParts): Promise<FileJournal> {
  const { request, deps, run } = parts;
  const file = await deps.disk.openForAppend(request.paths.journal).catch(journalUnwritable);
  try {
    if (file.size() !== run.state.soundBytes) await file.truncate(run.state.soundBytes);
    const journal = writeJournal(file);
    if (run.state.job === undefined) journal.note(run.job);
    await journal.append(sessionEntry(parts));
    return journal;
  } catch (error) {
    await file.close();
    return journalUnwritable(error);
  }
}

function journalUnwritable(cause: unknown): never {
  throw unwritable("The run's journal", cause);
}

function sessionEntry({ service, deps }: SessionParts): SessionEntry {
  const { ledgerFolder, limits } = service;
  return {
    t: 'session',
    at: new Date(deps.clock.wallMs()).toISOString(),
    ...(ledgerFolder !== undefined && { ledgerFolder }),
    callsPerSecond: limits.writesPerSecond,
    callsPerDay: limits.writesPerDay === 'unlimited' ? 'unlimited' : limits.writesPerDay - limits.reserve,
  };
}

async function openPartial({ request, deps, survey }: SessionParts): Promise<PartialResults> {
  const {
    header,
    understanding: { dialect },
  } = survey;
  const file = await deps.disk.openForAppend(request.paths.partialResults).catch((error: unknown) => {
    throw unwritable('The results so far', error);
  });
  return beginPartialResults(file, { dialect, header, defuseAll: request.defuseAll });
}

function sessionOf({ request, deps, service }: SessionParts, journal: FileJournal): Session {
  return {
    partnerCentral: service.partnerCentral,
    credentials: service.credentials,
    writePace: service.writePace,
    readPace: service.readPace,
    journal,
    retryPolicy: request.retryPolicy,
    stopSwitch: deps.stopSwitch,
    watch: watchAnswers(deps.clock, request.slots),
    clock: deps.clock,
    dice: deps.dice,
  };
}

function summaryOf({ request, deps, run, service }: SessionParts, done: WorkDone): Summary {
  const { counts, calls, sha256 } = done;
  return summarise(run.job, {
    command: request.command,
    catalog: service.catalog,
    endpoint: service.endpoint,
    caller: service.caller,
    options: request.options,
    results: { name: request.paths.results, sha256 },
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

function finishIfRunNow({ writesNeeded }: PlanTally, { writePace }: OpenService): string {
  return new Date(writePace.expectedFinishMs(writesNeeded)).toISOString();
}

/** Whether the row was one to be run, rather than told by the input alone. */
function wasRun({ status }: RowOutcome): boolean {
  return status !== 'invalid' && status !== 'duplicate' && status !== 'carried';
}

function pacedCalls({
  request: { planOnly, preflight },
  service: { readPace, writePace },
  survey,
}: SessionParts): readonly [PacedCalls, ...PacedCalls[]] {
  const reads: PacedCalls = { pace: readPace, callsOf: (rowsLeft) => rowsLeft };
  if (planOnly) return [reads];
  const writes: PacedCalls = { pace: writePace, callsOf: (rowsLeft) => writesOf(rowsLeft, survey) };
  return preflight ? [writes, reads] : [writes];
}
