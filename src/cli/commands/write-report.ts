import { RunError } from '../../model/run-error.ts';
import { pageOf, RUN_MARK } from '../../report/page/page.ts';
import type { Report } from '../../report/report.ts';
import { findRecord, isFile, noRun, withResultsIn } from '../../run/record/find-record.ts';
import { endpointWords } from '../options/same-command.ts';
import { undosBefore, type UndosBefore } from '../../run/record/since/changed-before.ts';
import { runsSince, runsSinceThen } from '../../run/record/since/runs-since.ts';
import type { ReportContext, RunPlace } from '../../run/report/report-context.ts';
import { remainsOf } from '../../run/record/verify/read-remains.ts';
import { calledAfter } from '../../run/request/default-results.ts';
import { reportOfRemains } from '../../run/report/report-of-remains.ts';
import { reportOfRun } from '../../run/report/report-of-run.ts';
import { rowsSince } from '../../run/report/rows-since.ts';
import { reportPath } from '../../store/input-bytes.ts';
import { openNewFile, replaceOwnFile } from '../process/new-file.ts';
import { fileMeant, whereStored, type StoreFlags } from '../options/store-flags.ts';
import type { ProcessContext } from '../process/process-context.ts';
import { assertBegun } from './fleet/unbegun-runs.ts';
import { givenWords } from '../words/describe-sessions.ts';
import { commandLine } from '../words/hints/shell-words.ts';
import { joinCommand, trailCommand } from '../words/hints/trail-command.ts';
import { withFlags } from '../words/option-spelling.ts';

export interface ReportFlags extends StoreFlags {
  readonly output?: string | undefined;
  readonly quiet?: boolean | undefined;
}

/** Writes the report of the run that somebody means. */
export async function writeReport(named: string, flags: ReportFlags, context: ProcessContext): Promise<void> {
  const { name, report } = await reportOf(named, flags, context);
  const path = flags.output ?? reportPath(name);
  await put(path, { name, page: pageOf(report), runId: report.run.id }, context);
  if (flags.quiet !== true) context.terminal.err(`Report: ${path}\n`);
}

interface NamedReport {
  /** The run's, by its results. */
  readonly name: string;
  readonly report: Report;
}

async function reportOf(named: string, flags: ReportFlags, context: ProcessContext): Promise<NamedReport> {
  const { disk, runs } = context;
  const { name, record } = await findRecord(named, runs, 'newest mark');
  const reportContext = reportContextOf(whereStored(flags, context.args), context);
  const looking = { runs, teller: reportContext, mostBytes: Number.POSITIVE_INFINITY };
  if (record !== undefined) {
    const file = fileMeant(named, flags);
    const run = file === undefined ? record : withResultsIn(file, record, disk);
    const told = { spell: withFlags, beganMs: Date.parse(run.job.at) };
    const since = await rowsSince(await runsSince(run, looking), await undosBefore(run, looking), told);
    const after = calledAfter(named, run.places);
    return { name: after, report: await reportOfRun(run, reportContext, since) };
  }
  if (!isFile(name)) {
    await assertBegun(context, name);
    throw noRun(runs.places(name));
  }
  const remains = await remainsOf(name, { disk, runs });
  const report = await reportOfRemains(remains, reportContext, async (run) =>
    rowsSince(await runsSinceThen(run, looking), NOT_LOOKED_AT, {
      spell: withFlags,
      beganMs: Date.parse(run.startedAt),
    }),
  );
  return { name, report };
}

/** By a summary alone nobody knows whose lines its results have kept. */
const NOT_LOOKED_AT: UndosBefore = { lookedAt: false, undos: [] };

/** `inStore`: where runs are kept, behind a command that is to be pasted. */
function reportContextOf(inStore: string, { version, clock, program }: ProcessContext): ReportContext {
  return {
    tool: `oppsweep ${version}`,
    timeZone: undefined,
    clock,
    spell: withFlags,
    trailCommand,
    joinCommand,
    optionWords: givenWords,
    undoCommand: (file, where) =>
      commandLine({ program, command: 'undo', file, words: whereWords(where) }) + inStore,
  };
}

function whereWords({ catalog, endpoint }: RunPlace): readonly string[] {
  if (endpoint === 'emulator') return ['--emulator'];
  return ['--catalog', catalog, ...endpointWords(endpoint)];
}

interface Page {
  /** Of the run: the page may be read by whom its results may be read by. */
  readonly name: string;
  readonly page: string;
  readonly runId: string | undefined;
}

/** An earlier report of the same run is replaced; nothing else is. */
async function put(path: string, { name, page, runId }: Page, { disk }: ProcessContext): Promise<void> {
  if (runId !== undefined && (await hasMark(path, `${RUN_MARK}${runId}"`, disk))) {
    return replaceOwnFile(path, 'report', page, disk);
  }
  if (await hasMark(path, RUN_MARK, disk)) throw whoseReport(path, runId);
  const file = await openNewFile(path, 'report', name, disk);
  await file.put(page);
  await file.finish();
}

/** Why this report, of all, is not written over that one. */
function whoseReport(path: string, runId: string | undefined): RunError {
  const why =
    runId === undefined
      ? 'whether of the same run is not known: neither the run’s folder nor its summary is beside the results'
      : 'of another run, or of results whose run was not known';
  return new RunError('output_unwritable', `${path} is a report already, ${why}.`, {
    code: 'name_new_file',
    file: 'report',
  });
}

/** Characters in which a report names its run. */
const HEAD = 2_000;

async function hasMark(path: string, mark: string, disk: ProcessContext['disk']): Promise<boolean> {
  if (!isFile(path)) return false;
  for await (const piece of disk.read(path)) {
    return Buffer.from(piece.subarray(0, HEAD)).toString('utf8').includes(mark);
  }
  return false;
}
