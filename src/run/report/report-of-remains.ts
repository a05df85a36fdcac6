import { basename } from 'node:path';
import { foldResultCalls } from '../../report/calls/call-facts.ts';
import type { Report, ReportedFile, ReportedRun } from '../../report/report.ts';
import { isOperation } from '../../model/operation.ts';
import { identify } from '../../store/input-bytes.ts';
import type { Summary } from '../../store/summary.ts';
import { earlierRunOf, type EarlierRun } from '../record/since/earlier-run.ts';
import { parseSummary, type Remains } from '../record/verify/read-remains.ts';
import { verifyRemains } from '../record/verify/verify-remains.ts';
import { openResults } from '../record/result-rows.ts';
import { planTold, withAdvice } from './plan-told.ts';
import { foldResults } from './fold-results.ts';
import type { ReportContext } from './report-context.ts';
import { DONE_ELSEWHERE } from './gaps.ts';
import { NOTHING_SINCE, type SinceTold } from './rows-since.ts';
import { sessionOptions } from './session-options.ts';
import { trailCommands } from './trail-commands.ts';

/** The report of results whose run is not beside them; a summary may be. */
export async function reportOfRemains(
  remains: Remains,
  context: ReportContext,
  sinceOf: (run: EarlierRun) => Promise<SinceTold> = async () => NOTHING_SINCE,
): Promise<Report> {
  const summary = parseSummary(remains.summary ?? '');
  const began = summary && Date.parse(summary.startedAt);
  const { name } = remains;
  const { sha256 } = await identify(name, remains.results());
  const since =
    summary === undefined ? NOTHING_SINCE : await sinceOf(earlierRunOf(summary, { name, sha256 }));
  const calls = foldResultCalls(began);
  const results = await openResults(name, remains.results());
  const rows = await foldResults(results, began, since.of, calls.add);
  const facts = rows.facts();
  const told = calls.facts();
  const verified = summary && verifyRemains({ sha256, counts: facts, emptied: remains.emptied }, summary);
  const checks = verified?.checks ?? [];
  return {
    madeBy: context.tool,
    madeAtMs: context.clock.wallMs(),
    timeZone: context.timeZone,
    run: reportedRun({ name, sha256 }, summary, context),
    told: 'results',
    rows: withAdvice(facts, context),
    calls: told,
    waits: [],
    sessions: summary?.sessions ?? [],
    sessionOptions: sessionOptions(summary?.sessions ?? [], context),
    undo: {
      kind: 'not_possible',
      why: `What undoing would cost is not known: what a run changed is known from its folder, ${remains.emptied === undefined ? 'which is not beside the results' : 'whose journal is empty or gone'}.`,
    },
    takenBack: since.takenBack,
    doneSince: since.doneSince(),
    before: since.before(),
    basis: checks.length > 0 && checks.every(({ sound }) => sound) ? 'proven' : 'unproven',
    checks,
    trailCommands: trailCommands(
      { rows: facts, calls: told, results: basename(name), endpoint: summary?.endpoint },
      context,
    ),
    gaps: [
      ...gapsOf(summary, remains.emptied),
      ...(verified?.notVerified ?? []).map((what) => `Not verified here: ${what}.`),
    ],
  };
}

function reportedRun(
  results: ReportedFile,
  summary: Summary | undefined,
  context: ReportContext,
): ReportedRun {
  const plan = summary?.counts.plan;
  return {
    state: 'finished',
    id: summary?.runId,
    tool: summary?.tool,
    command: summary?.command,
    planned: summary?.command === 'plan' || plan !== undefined,
    catalog: summary?.catalog,
    endpoint: summary?.endpoint,
    caller: summary?.caller ?? undefined,
    terms: summary?.terms && context.optionWords(summary.terms),
    input: summary?.input,
    results,
    finalName: results.name,
    otherName: undefined,
    hashed: 'now',
    beganAt: summary?.startedAt,
    endedAt: summary?.finishedAt,
    stop: undefined,
    inDoubt: [],
    halfReplaced: { both: 0, neither: 0 },
    rowsLeft: 0,
    goOn: undefined,
    outlook: {},
    goesOnByItself: false,
    plan: planTold(plan, summary ?? {}, context),
  };
}

function gapsOf(summary: Summary | undefined, emptied: string | undefined): readonly string[] {
  return [
    emptied === undefined
      ? 'The run’s folder is not beside the results: its journal could not be looked into, nor its copy of the input.'
      : 'The run’s folder stands beside the results, and its journal is empty or gone: it could not be looked into.',
    ...(summary === undefined || isOperation(summary.command) ? [DONE_ELSEWHERE] : []),
    'When each call left is not known: the calls of a row are shown at its last answer. Throttles and the quota left are not known.',
    ...(summary === undefined
      ? [
          'The summary is not beside the results: who ran it, when, where and with which options is not known.',
        ]
      : []),
  ];
}
