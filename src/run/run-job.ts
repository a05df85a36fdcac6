import { hasResultsOf, openRun, type OpenRun } from '../store/files/run-folder/open-run.ts';
import type { RunEnd } from './run-end.ts';
import type { RunEvents } from './run-events.ts';
import type { JobDependencies, RunRequest } from './run-request.ts';
import { runSession } from './run-session.ts';
import { surveyInput, type RereadableInput } from './survey-input.ts';

/**
 * Runs a job from its input to its results, or goes on with it. Rejects with a `RunError` where nothing was sent;
 * what stops it later is an end like any other.
 */
export async function runJob(request: RunRequest, deps: JobDependencies, events: RunEvents): Promise<RunEnd> {
  const run = await openRun(request, deps, events.setAside);
  const hold = { begun: run.state.job !== undefined };
  try {
    return (await finishedBefore(run, request, deps)) ?? (await goOn({ run, hold, request, deps, events }));
  } finally {
    await run.release(hold.begun);
  }
}

/**
 * Results that are there are left alone, even where somebody has changed them since; missing ones, or a missing summary of
 * what is as it was, are made again.
 */
async function finishedBefore(
  { state }: OpenRun,
  { paths }: RunRequest,
  { disk }: JobDependencies,
): Promise<RunEnd | undefined> {
  const { end } = state;
  if (end === undefined || !(await disk.exists(paths.results))) return undefined;
  const resultsIntact = await hasResultsOf(end, paths, disk);
  if (resultsIntact && !(await disk.exists(paths.summary))) return undefined;
  return { kind: 'finished_before', tally: end.tally, at: end.at, resultsIntact };
}

interface Going {
  readonly run: OpenRun;
  readonly hold: { begun: boolean };
  readonly request: RunRequest;
  readonly deps: JobDependencies;
  readonly events: RunEvents;
}

async function goOn({ run, hold, request, deps, events }: Going): Promise<RunEnd> {
  const input: RereadableInput = {
    name: run.job.input.name,
    read: () => deps.disk.read(request.paths.inputCopy),
    options: request.inputOptions,
  };
  const survey = await surveyInput(input, request);
  events.understood(survey.understanding, survey.tally);
  if (hold.begun) events.resumed(resumptionOf(run));
  const service = await deps.openService(input);
  try {
    await deps.confirm({ survey, rowsDone: run.state.settled.rows }, service);
    hold.begun = true;
    return await runSession({ request, deps, events, run, input, survey, service });
  } finally {
    await service.close();
  }
}

function resumptionOf({ job, state }: OpenRun): Parameters<RunEvents['resumed']>[0] {
  const inDoubt = [...state.unsettled.values()].filter(({ standing }) => standing === 'in_doubt');
  return { begunAt: job.at, rowsDone: state.settled.rows, rowsInDoubt: inDoubt.length };
}
