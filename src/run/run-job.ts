import { identify } from '../store/input-identity.ts';
import type { RunLease } from '../store/run-store.ts';
import type { RunEnd } from './run-end.ts';
import type { RunEvents } from './run-events.ts';
import type { JobDependencies, RunRequest } from './request/run-request.ts';
import { runSession } from './run-session.ts';
import { surveyInput, type RereadableInput } from './request/survey-input.ts';

/**
 * Runs a job from its input to its results, or goes on with it. Rejects with a `RunError` where nothing was sent;
 * what stops it later is an end like any other.
 */
export async function runJob(request: RunRequest, deps: JobDependencies, events: RunEvents): Promise<RunEnd> {
  const lease = await deps.runs.open(request, events.setAside);
  try {
    return (await finishedBefore(lease)) ?? (await goOn({ lease, request, deps, events }));
  } finally {
    await lease.release();
  }
}

/**
 * Results that are there are left alone, even where somebody has changed them since; missing ones, or a missing summary of
 * what is as it was, are made again.
 */
async function finishedBefore(lease: RunLease): Promise<RunEnd | undefined> {
  const { end } = lease.state;
  const results = end && (await lease.publishedResults());
  if (end === undefined || results === undefined) return undefined;
  const { sha256 } = await identify(lease.places.results, results);
  const resultsIntact = sha256 === end.resultsSha256;
  if (resultsIntact && (await lease.publishedSummary()) === undefined) return undefined;
  return { kind: 'finished_before', tally: end.tally, at: end.at, resultsIntact };
}

interface Going {
  readonly lease: RunLease;
  readonly request: RunRequest;
  readonly deps: JobDependencies;
  readonly events: RunEvents;
}

async function goOn({ lease, request, deps, events }: Going): Promise<RunEnd> {
  const { job, state } = lease;
  const input: RereadableInput = { name: job.input.name, read: lease.input, options: request.inputOptions };
  const survey = await surveyInput(input, request);
  events.understood(survey.table, survey.tally);
  if (state.job !== undefined) events.resumed(resumptionOf(lease));
  const service = await deps.openService(input);
  try {
    await deps.confirm({ survey, rowsDone: state.settled.rows }, service);
    return await runSession({ request, deps, events, lease, input, survey, service });
  } finally {
    await service.close();
  }
}

function resumptionOf({ job, state }: RunLease): Parameters<RunEvents['resumed']>[0] {
  const inDoubt = [...state.unsettled.values()].filter(({ standing }) => standing === 'in_doubt');
  return { begunAt: job.at, rowsDone: state.settled.rows, rowsInDoubt: inDoubt.length };
}
