import { isDeepStrictEqual } from 'node:util';
import type { Tally } from '../../model/tally.ts';
import { identify } from '../../store/input-bytes.ts';
import type { ChainFound } from '../../store/journal-chain.ts';
import type { EndEntry } from '../../store/journal-line.ts';
import type { JournalFound, RunRecord } from '../../store/run-store.ts';
import { differenceOf, sessionChecks, type Check } from './check-sessions.ts';
import { headChecks, memberChecks, nameCheck } from './check-summary.ts';
import { holdLines, type LinesHeld } from '../rows/hold-lines.ts';
import { countResults } from './read-remains.ts';
import type { RunStatus } from './read-status.ts';
import { resultRows } from './result-rows.ts';
import type { Verification } from './verification.ts';
import { partsOf, type SummaryFound } from './summary-parts.ts';

/** The checks of the two files that rows are told by. */
export const INPUT_CHECK = "the run's copy of the input has the SHA-256 it began with";
export const RESULTS_CHECK = 'the results have the SHA-256 they were published with';

/** Checks that a run's parts are what the run left, and that its counts add up. */
export async function verifyRun(run: RunRecord, { input }: Pick<RunStatus, 'input'>): Promise<Verification> {
  const { job } = run;
  const { end, sessions } = run.state;
  const notVerified: string[] = [];
  const checks = [
    await hashCheck(INPUT_CHECK, job.input.sha256, {
      place: run.places.inputCopy,
      bytes: run.input(),
    }),
  ];
  const summary = partsOf(await run.publishedSummary());
  const chain = await run.checkChain(summary.journal?.lines);
  checks.push(...chainChecks(chain, summary));
  // Of a run that is not finished there are no results yet to look at: that is no damage.
  if (end === undefined) {
    if (summary.found) checks.push(endMissing(run.places.summary));
    else if ((await run.publishedResults()) !== undefined) checks.push(endMissing(run.places.results));
  } else {
    const { rows, byStatus } = end.tally;
    const results = await countsOf(run);
    const lines = await linesOf(run, rows);
    if (lines !== undefined) notVerified.push(...keptWords(lines.kept, rows, job.input.name));
    const sum = Object.values(byStatus).reduce((total, number) => total + number, 0);
    checks.push(
      await hashCheck(RESULTS_CHECK, end.resultsSha256, {
        place: run.places.results,
        bytes: await run.publishedResults(),
        means: RESULTS_CHANGED,
      }),
      summaryCheck(run.places.summary, summary, end),
      nameCheck(run.places, job, summary),
      ...(chain.linkedFrom === undefined ? [] : memberChecks(summary)),
      ...headChecks(summary, run),
      behindCheck(run.found),
      numberCheck('the counts by status add up to the rows', sum, rows),
      numberCheck('every row of the input is counted', rows, input.rows),
      numberCheck('the results have a line for every row', results.rows, rows),
      statusCheck(results.byStatus, byStatus),
      ...(lines === undefined ? [] : [linesCheck(lines)]),
      ...sessionChecks(summary.sessions, sessions, results.byStatus),
    );
  }
  return { sound: checks.every(({ sound }) => sound), checks, notVerified };
}

async function linesOf(run: RunRecord, rows: number): Promise<LinesHeld | undefined> {
  const bytes = await run.publishedResults();
  return bytes && holdLines(run, rows, resultRows(run.places.results, bytes));
}

function linesCheck({ different, firstRow }: LinesHeld): Check {
  return {
    what: 'each line of the results has the row, status, request ids and times that the journal has',
    sound: different === 0,
    found: `${different === 1 ? '1 line differs' : `${different} lines differ`}, the first is row ${firstRow}`,
  };
}

/** Somebody may have edited what an earlier run is said to have done, before it was the input of this one. */
function keptWords(kept: number, rows: number, input: string): readonly string[] {
  if (kept === 0) return [];
  const these = kept === 1 ? '1 row keeps its line' : `${kept} rows keep their lines`;
  return [
    `${these} of ${rows}: what they tell of was done before this run, if at all, and its journal has nothing of it; verify the run of ${input} itself`,
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
function endMissing(place: string): Check {
  return {
    what: 'the journal ends where the run ended',
    sound: false,
    found: `${place} tells of a finished run, and the journal has no end: it was cut, or the run was killed as it ended. The same command ends it`,
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

async function countsOf(run: RunRecord): Promise<Pick<Tally, 'rows' | 'byStatus'>> {
  const bytes = await run.publishedResults();
  return bytes === undefined ? { rows: 0, byStatus: {} } : countResults(run.places.results, bytes);
}
