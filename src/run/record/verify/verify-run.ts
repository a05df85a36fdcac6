import { isDeepStrictEqual } from 'node:util';
import { identify } from '../../../store/input-bytes.ts';
import type { ChainFound } from '../../../store/journal-chain.ts';
import type { EndEntry } from '../../../store/journal-line.ts';
import type { JournalFound, RunRecord } from '../../../store/run-store.ts';
import { sessionChecks, type Check } from './check-sessions.ts';
import { endChecks } from './check-end.ts';
import {
  countChecks,
  linesOf,
  missingWords,
  notVerifiedWords,
  numberCheck,
  resultsOf,
  soFarChecks,
  soFarOf,
} from './check-lines.ts';
import { headChecks, memberChecks, nameCheck } from './check-summary.ts';
import type { LineTeller } from '../../rows/hold-lines.ts';
import type { RunStatus } from '../read-status.ts';
import { verificationOf, type Verification } from './verification.ts';
import { correctedWords } from '../../../model/words/since-words.ts';
import type { Corrected } from '../since/corrected.ts';
import { partsOf, type SummaryFound } from '../summary-parts.ts';

/** The checks of the two files that rows are told by. */
export const INPUT_CHECK = "the run's copy of the input has the SHA-256 it began with";
export const RESULTS_CHECK = 'the results have the SHA-256 they were published with';

/** Checks that a run's parts are what the run left, and that its counts add up. */
export async function verifyRun(
  run: RunRecord,
  { input }: Pick<RunStatus, 'input'>,
  teller: LineTeller,
  corrected?: Corrected,
): Promise<Verification> {
  const { job, places, state } = run;
  const copy = { place: places.inputCopy, bytes: run.input() };
  const summary = partsOf(await run.publishedSummary());
  const chain = await run.checkChain(summary.journal?.lines);
  const held = { run, summary, chain, teller, corrected };
  const first = [await hashCheck(INPUT_CHECK, job.input.sha256, copy), ...chainChecks(chain, summary)];
  const { checks, notVerified } =
    state.end === undefined ? await findUnfinished(held) : await findFinished(held, state.end, input.rows);
  return verificationOf([...first, ...checks], notVerified);
}

/** A run, and what its parts are held against. */
interface Held {
  readonly run: RunRecord;
  readonly summary: SummaryFound;
  readonly chain: ChainFound;
  readonly teller: LineTeller;
  readonly corrected: Corrected | undefined;
}

type Findings = Pick<Verification, 'checks'> & { readonly notVerified: readonly string[] };

async function findFinished(
  { run, summary, chain, teller, corrected }: Held,
  end: EndEntry,
  rows: number,
): Promise<Findings> {
  const lines = await linesOf(await resultsOf(run), run, teller);
  const { sessions } = run.state;
  const checks = [
    ...(await headlineChecks({ run, summary, corrected }, end)),
    ...(chain.linkedFrom === undefined ? [] : memberChecks(summary)),
    ...headChecks(summary, run),
    behindCheck(run.found),
    numberCheck('every row of the input is counted', end.tally.rows, rows),
    ...countChecks(lines, end),
    ...(await endChecks(run, end)),
    ...(lines.found === 'unreadable' ? [] : sessionChecks(summary.sessions, sessions, lines.byStatus)),
  ];
  return {
    checks,
    notVerified: [
      ...(run.resultsInStore === true ? [STORE_COPY] : []),
      ...notVerifiedWords(lines, run.job.input.name),
      LAST_SESSION,
    ],
  };
}

const STORE_COPY =
  'any file that the results were written to: the store’s own copy of them was looked at. A file that is named is looked at in its place';

/** They stand in the journal's last line, behind which is no hash. */
const LAST_SESSION =
  'how many reads the last session made, and how long after its last call it ended: nothing else tells of them';

async function findUnfinished({ run, summary, chain, teller }: Held): Promise<Findings> {
  const { job, places, holder, lockFault } = run;
  const isOther = summary.runId !== undefined && summary.runId !== job.id;
  const isWhole = chainChecks(chain, summary).every(({ sound }) => sound);
  const why = isOther ? ANOTHERS : isWhole ? CUT_OR_KILLED : CUT;
  const isPublished = summary.found || (await run.publishedResults()) !== undefined;
  const ended = isPublished ? [endMissing(summary.found ? places.summary : places.results, why)] : [];
  const named = nameCheck(places, job, summary);
  // A process that works on the run writes while it is looked at.
  if (holder !== undefined || lockFault !== undefined) {
    const who = holder === undefined ? 'a process may be' : 'a process is';
    return {
      checks: [...ended, named],
      notVerified: [CUT_UNSEEN, `the results so far: ${who} writing them`],
    };
  }
  const lines = await linesOf(await soFarOf(run), run, teller);
  return {
    checks: [...ended, named, ...soFarChecks(lines, run.state.stop)],
    notVerified: [
      CUT_UNSEEN,
      ...missingWords(lines, run.state.stop),
      ...notVerifiedWords(lines, job.input.name),
    ],
  };
}

/** Of a run that is finished its summary tells the length. */
const CUT_UNSEEN =
  'that no line was cut off the journal’s end: of a run that is not finished, only the hash that it told as it stopped shows that';

/** The results and the summary as wholes. */
async function headlineChecks(
  { run, summary, corrected }: Pick<Held, 'run' | 'summary' | 'corrected'>,
  end: EndEntry,
): Promise<readonly Check[]> {
  const { places, job } = run;
  const means =
    corrected === undefined
      ? RESULTS_CHANGED
      : `The likely cause: it was ${correctedWords(corrected)}. All else in it is as the journal tells`;
  const results = { place: places.results, bytes: await run.publishedResults(), means };
  return [
    await hashCheck(RESULTS_CHECK, end.resultsSha256, results),
    summaryCheck(places.summary, summary, end),
    nameCheck(places, job, summary),
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
const CUT_OR_KILLED = 'it was cut, or the run was killed as it ended. The same command ends it';
const CUT = 'it was cut. Restore the run’s folder from a backup';
const ANOTHERS = 'the folder is another run’s, or the summary is. Put back what is missing of this one';

function endMissing(place: string, why: string): Check {
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
    what: `the journal's lines${linkedFrom === 1 ? '' : ` from line ${linkedFrom ?? 0} on`} follow each other: none before the last was changed, put in or left out`,
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
