import { isDeepStrictEqual } from 'node:util';
import type { Tally } from '../../../model/tally.ts';
import { RunError } from '../../../model/run-error.ts';
import { identify } from '../../../store/input-bytes.ts';
import type { ChainFound } from '../../../store/journal-chain.ts';
import type { EndEntry } from '../../../store/journal-line.ts';
import type { JournalFound, RunRecord } from '../../../store/run-store.ts';
import { differenceOf, sessionChecks, type Check } from './check-sessions.ts';
import { headChecks, memberChecks, nameCheck } from './check-summary.ts';
import { holdLines, type LinesHeld, type LineTeller } from '../../rows/hold-lines.ts';
import type { RunStatus } from '../read-status.ts';
import { resultRows } from '../result-rows.ts';
import type { Verification } from './verification.ts';
import { partsOf, type SummaryFound } from '../summary-parts.ts';

/** The checks of the two files that rows are told by. */
export const INPUT_CHECK = "the run's copy of the input has the SHA-256 it began with";
export const RESULTS_CHECK = 'the results have the SHA-256 they were published with';

/** Checks that a run's parts are what the run left, and that its counts add up. */
export async function verifyRun(
  run: RunRecord,
  { input }: Pick<RunStatus, 'input'>,
  teller: LineTeller,
): Promise<Verification> {
  const { job, places, state } = run;
  const copy = { place: places.inputCopy, bytes: run.input() };
  const checks = [await hashCheck(INPUT_CHECK, job.input.sha256, copy)];
  const summary = partsOf(await run.publishedSummary());
  const chain = await run.checkChain(summary.journal?.lines);
  const chained = chainChecks(chain, summary);
  checks.push(...chained);
  const notVerified: string[] = [];
  // Of a run that is not finished there are no results yet to look at: that is no damage.
  if (state.end === undefined) {
    const isWhole = chained.every(({ sound }) => sound);
    if (summary.found) checks.push(endMissing(places.summary, isWhole));
    else if ((await run.publishedResults()) !== undefined) checks.push(endMissing(places.results, isWhole));
  } else {
    const lines = await linesOf(run, teller);
    if (lines.found === 'read') notVerified.push(...notVerifiedWords(lines, job.input.name));
    checks.push(
      ...(await headlineChecks(run, state.end, summary)),
      ...(chain.linkedFrom === undefined ? [] : memberChecks(summary)),
      ...headChecks(summary, run),
      behindCheck(run.found),
      numberCheck('every row of the input is counted', state.end.tally.rows, input.rows),
      ...countChecks(lines, state.end),
      ...(lines.found === 'unreadable'
        ? []
        : sessionChecks(summary.sessions, state.sessions, lines.byStatus)),
    );
  }
  return { sound: checks.every(({ sound }) => sound), checks, notVerified };
}

/** The results and the summary as wholes. */
async function headlineChecks(
  run: RunRecord,
  end: EndEntry,
  summary: SummaryFound,
): Promise<readonly Check[]> {
  const { places, job } = run;
  const results = { place: places.results, bytes: await run.publishedResults(), means: RESULTS_CHANGED };
  return [
    await hashCheck(RESULTS_CHECK, end.resultsSha256, results),
    summaryCheck(places.summary, summary, end),
    nameCheck(places, job, summary),
  ];
}

type LinesFound =
  | ({ readonly found: 'read' } & LinesHeld)
  | ({ readonly found: 'gone' } & Pick<LinesHeld, 'rows' | 'byStatus'>)
  | { readonly found: 'unreadable'; readonly why: string };

async function linesOf(run: RunRecord, teller: LineTeller): Promise<LinesFound> {
  const bytes = await run.publishedResults();
  if (bytes === undefined) return { found: 'gone', rows: 0, byStatus: {} };
  try {
    return { found: 'read', ...(await holdLines(run, resultRows(run.places.results, bytes), teller)) };
  } catch (error) {
    // Somebody's spreadsheet may have left a file that is no results any more, or a copy of the input that is none.
    if (error instanceof RunError && error.code.startsWith('input_'))
      return { found: 'unreadable', why: error.message };
    throw error;
  }
}

function countChecks(lines: LinesFound, { tally: { rows, byStatus } }: EndEntry): readonly Check[] {
  const sum = Object.values(byStatus).reduce((total, number) => total + number, 0);
  const counts = numberCheck('the counts by status add up to the rows', sum, rows);
  if (lines.found === 'unreadable') {
    const what = 'the results can be read line by line, beside the input';
    return [counts, { what, sound: false, found: lines.why }];
  }
  return [
    counts,
    numberCheck('the results have a line for every row', lines.rows, rows),
    statusCheck(lines.byStatus, byStatus),
    ...(lines.found === 'read' ? [linesCheck(lines)] : []),
  ];
}

function linesCheck({ different, firstRow }: LinesHeld): Check {
  return {
    what: 'each line of the results tells of its row what the journal and the input tell',
    sound: different === 0,
    found: `${different === 1 ? '1 line differs' : `${different} lines differ`}, the first is row ${firstRow}`,
  };
}

/** Somebody may have edited what an earlier run is said to have done, before it was the input of this one. */
function notVerifiedWords({ kept, unsure, rows }: LinesHeld, input: string): readonly string[] {
  const these = kept === 1 ? '1 row keeps its line' : `${kept} rows keep their lines`;
  const others = unsure === 1 ? '1 row' : `${unsure} rows`;
  return [
    ...(kept === 0
      ? []
      : [
          `${these} of ${rows}: what they tell of was done before this run, if at all, and its journal has nothing of it; verify the run of ${input} itself`,
        ]),
    ...(unsure === 0
      ? []
      : [
          `${others} of ${rows} that nothing was sent for: another version wrote these lines, by rules of its own`,
        ]),
  ];
}

interface Part {
  readonly place: string;
  readonly bytes: AsyncIterable<Uint8Array> | undefined;
  /** What another hash means, where that is no damage of the run's own. */
  readonly means?: string;
}

const RESULTS_CHANGED =
  'They were changed since they were written, as by hand or in a spreadsheet: what they say may be somebody’s, not the run’s. Moved ' +
  'elsewhere, they are written anew by the same command, from the journal, and nothing is sent';

async function hashCheck(what: string, sha256: string, { place, bytes, means }: Part): Promise<Check> {
  if (bytes === undefined) return { what, sound: false, found: `there is no ${place}` };
  const found = (await identify(place, bytes)).sha256;
  const differs = `${place} has ${found} instead of ${sha256}`;
  return { what, sound: found === sha256, found: means === undefined ? differs : `${differs}. ${means}` };
}

/** A run that was killed as it ended looks like one whose last line was cut off: neither can be told from the other. */
function endMissing(place: string, isWhole: boolean): Check {
  const why = isWhole
    ? 'it was cut, or the run was killed as it ended. The same command ends it'
    : 'it was cut. Restore the run’s folder from a backup';
  return {
    what: 'the journal ends where the run ended',
    sound: false,
    found: `${place} tells of a finished run, and the journal has no end: ${why}`,
  };
}

function summaryCheck(place: string, told: SummaryFound, end: EndEntry): Check {
  const what = 'the summary tells of these results and these counts';
  if (!told.found) return { what, sound: false, found: `there is no ${place}` };
  const sound = told.results?.sha256 === end.resultsSha256 && isDeepStrictEqual(told.counts, end.tally);
  return { what, sound, found: `${place} was changed, or is another run's` };
}

/**
 * Each line of the journal, by the one behind it; and the last of them, by the summary. A journal of the first version has no
 * links, and neither has its summary.
 */
function chainChecks(chain: ChainFound, told: SummaryFound): readonly Check[] {
  const { brokenAt, linkedFrom, sha256At } = chain;
  const links: Check = {
    what: `the journal's lines${linkedFrom === 1 ? '' : ` from line ${linkedFrom ?? 0} on`} follow each other: none was changed, put in or left out`,
    sound: brokenAt === undefined,
    found: `line ${brokenAt ?? 0} does not follow the one before it`,
  };
  const last: Check = {
    what: 'the journal has the lines that the summary was written after, the last one by its hash',
    sound: sha256At !== undefined && sha256At === told.journal?.sha256,
    found: `line ${told.journal?.lines ?? 'unknown'} of ${chain.lines} is not the one that the summary names`,
  };
  const hasLast = told.journal !== undefined || (linkedFrom !== undefined && told.found);
  return [...(linkedFrom === undefined ? [] : [links]), ...(hasLast ? [last] : [])];
}

/** Of a run that is not finished, a process that was killed may have left part of a line. */
function behindCheck({ bytesBehind }: JournalFound): Check {
  const what = "nothing stands behind the journal's end";
  const found = `${bytesBehind} bytes stand there that are no line of a run`;
  return { what, sound: bytesBehind === 0, found };
}

function numberCheck(what: string, found: number, wanted: number): Check {
  return { what, sound: found === wanted, found: `${found} instead of ${wanted}` };
}

function statusCheck(found: Tally['byStatus'], recorded: Tally['byStatus']): Check {
  return {
    what: 'the results have as many rows of each status as the run recorded',
    // In any order.
    sound: isDeepStrictEqual({ ...found }, { ...recorded }),
    found: `they have ${differenceOf(found, recorded)}`,
  };
}
