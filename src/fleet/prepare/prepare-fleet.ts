import type { TableReading } from '../../input/columns/table-reading.ts';
import { countsOf, type InputCounts } from '../../input/rows/input-tally.ts';
import type { Advice } from '../../model/advice.ts';
import { createStopSwitch } from '../../calls/stop/stop-switch.ts';
import type { ListedSolution } from '../../model/call.ts';
import type { InputRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import { assertMeansAll } from '../../run/export-guard.ts';
import { runRequestOf } from '../../run/request/run-job-spec.ts';
import { changesOf, writesOf, type ChangesAtMost } from '../../run/request/changes-at-most.ts';
import { withResolved } from '../../run/request/input-terms.ts';
import { callLimitsOf } from '../../run/request/run-options.ts';
import type { RunRequest } from '../../run/request/run-request.ts';
import type { RunTarget } from '../../run/request/run-target.ts';
import { inOrder } from '../../run/rows/in-order.ts';
import { surveyInput, type RereadableInput, type Survey } from '../../run/request/survey-input.ts';
import { listSolutions } from '../../run/resolve/list-solutions.ts';
import { resolveTerms } from '../../run/resolve/resolve-terms.ts';
import type { ServiceDependencies } from '../../run/service/open-service.ts';
import { realDuration } from '../../run/service/real-duration.ts';
import { identify } from '../../store/input-bytes.ts';
import type { SubmittedFleet, SubmittedRun } from '../../store/fleet/fleet-store.ts';
import { unusable } from './account-rows.ts';
import { findProfile } from './find-profile.ts';
import { placeOf, specOf, writeOptions, type FleetOptions, type FleetPlace } from '../fleet-options.ts';
import { eachOf, oneOf, partsOf, type AskedFleet, type Part } from './parts-of.ts';
import { serviceDeps, type FleetContext } from '../run-slice.ts';
import { noteFault, type FaultyRow } from './faulty-rows.ts';
import { signInTo } from './sign-in-to.ts';

export interface PreparedFleet {
  readonly fleet: SubmittedFleet;
  /** Where all of its calls will go. */
  readonly place: FleetPlace;
  /** Of all runs together. */
  readonly changes: ChangesAtMost;
  readonly files: readonly PreparedFile[];
  /** What the account with the most writes takes at least, on a day whose quota is unused; milliseconds. */
  readonly longestMs: number;
}

/** What one account's file comes to. */
export interface PreparedFile {
  readonly account: string;
  readonly rowsToRun: number;
  /** Of these, as many as the limit lets through at first. */
  readonly rows: number;
  readonly input: InputCounts;
  /** The first of its invalid rows. */
  readonly faults: readonly FaultyRow[];
  /** Of these rows, if none is needless. */
  readonly writes: number;
  /** Where replacements come from, if an option gives them. */
  readonly replacing: TableReading['replacing'];
  /** Identifiers that the map of replacements has nothing for, each with the number of its rows. */
  readonly unmapped: Survey['unmapped'];
}

/**
 * Reads every file and signs in to every account, before anything is queued. Throws a `RunError` that names each row whose file or account
 * is not good.
 */
export async function prepareFleet(
  asked: AskedFleet,
  options: FleetOptions,
  context: FleetContext,
): Promise<PreparedFleet> {
  const parts = await partsOf(asked, options.input.where);
  const prepared: PreparedRun[] = [];
  const problems: string[] = [];
  const advices: Advice[] = [];
  const rowOf = new Map<string, number>();
  const tried = (part: Part): Promise<TriedPart> =>
    prepareRun(part, asked.name, options, context).then(
      (one) => ({ part, one }),
      (error: unknown) => ({ part, error: faultOfRow(error) }),
    );
  for await (const { part, one, error } of inOrder(eachOf(parts), AT_ONCE, tried)) {
    if (one !== undefined) {
      const before = rowOf.get(one.run.account);
      const first = prepared[0]?.endpoint ?? one.endpoint;
      if (one.endpoint !== first) problems.push(otherEndpoint(part.row, one.endpoint, first));
      if (before !== undefined)
        problems.push(twiceOne(one.run.account, [before, part.row], asked.accountColumn));
      rowOf.set(one.run.account, part.row);
      prepared.push(one);
    } else {
      problems.push(`row ${part.row}: ${error.message}`);
      if (error.advice !== undefined) advices.push(error.advice);
    }
  }
  if (problems.length > 0) throw unusable(asked.path, problems, advices);
  const sum = (of: (run: PreparedRun) => number): number =>
    prepared.reduce((total, run) => total + of(run), 0);
  const isWhole = prepared.every(({ changes }) => changes.opportunities !== undefined);
  const kept = { ...options, endpoint: prepared[0]?.endpoint };
  return {
    place: placeOf(kept),
    fleet: { name: asked.name, options: writeOptions(kept), runs: prepared.map(({ run }) => run) },
    changes: {
      removals: sum(({ changes }) => changes.removals),
      attachments: sum(({ changes }) => changes.attachments),
      opportunities: isWhole ? sum(({ changes }) => changes.opportunities ?? 0) : undefined,
    },
    files: prepared.map(({ file }) => file),
    longestMs: Math.max(
      ...prepared.map(({ file: { writes } }) =>
        realDuration({ writes, reads: 0 }, callLimitsOf(options.run)),
      ),
    ),
  };
}

/** Of files that are read and accounts that are signed in to. */
const AT_ONCE = { slots: 16, window: 16 };

function twiceOne(account: string, [first, second]: readonly [number, number], column?: string): string {
  if (column === undefined)
    return `rows ${first} and ${second} are both of account ${account}: an account has one file`;
  return `rows ${first} and ${second} name account ${account} in two ways in column "${column}": write one of them in all of its rows`;
}

type TriedPart =
  | { readonly part: Part; readonly one: PreparedRun; readonly error?: undefined }
  | { readonly part: Part; readonly one?: undefined; readonly error: RunError };

/** Throws what no row is to blame for: it would be told of each. */
function faultOfRow(error: unknown): RunError {
  if (!(error instanceof RunError)) throw error;
  const { code, message, advice = { code: 'submit_again' } } = error;
  if (code !== 'service_unreachable' && code !== 'clock_skewed') return error;
  throw new RunError(code, message, advice, error);
}

/** Profiles may name one each; a rehearsal and real work are not one fleet. */
function otherEndpoint(row: number, endpoint: string, first: string): string {
  return `row ${row}: its profile has calls go to ${endpoint}, and those of the rows before go to ${first}: a fleet has one endpoint`;
}

interface PreparedRun {
  readonly run: SubmittedRun;
  readonly changes: ChangesAtMost;
  readonly file: PreparedFile;
  readonly endpoint: string;
}

async function prepareRun(
  part: Part,
  fleet: string,
  options: FleetOptions,
  context: FleetContext,
): Promise<PreparedRun> {
  const input = await bytesOf(part.input());
  const signIn = { ...part, profile: await findProfile(part, context.env) };
  const { account, target } = await signInTo(signIn, fleet, options, context);
  const of = { account, fleet, inputName: part.inputName };
  const request = runRequestOf(specOf(of, options, oneOf(input)), options.run, target, context);
  const asked = { name: part.inputName, read: () => oneOf(input), options: options.input };
  const deps = {
    ...serviceDeps(of, options, new AbortController().signal, context),
    writes: 'look',
  } as const;
  const resolved = await resolveTerms(request, asked, () => listedBy(target, asked, request, deps));
  const read = { ...asked, options: withResolved(asked.options, resolved) };
  const faults: FaultyRow[] = [];
  const hears = (row: InputRow): void => noteFault(faults, row, part.fromSheet === true);
  const survey = await surveyInput(read, { ...request, refuseUnclear: true, hears });
  await assertMeansAll(request, read, survey, await identify(part.inputName, oneOf(input)));
  const { profile, roleArn, externalId, sessionName } = signIn;
  const { rowsToRun } = survey;
  const rows = Math.min(rowsToRun, options.run.limit ?? rowsToRun);
  return {
    run: {
      account,
      profile: profile ?? (roleArn === undefined ? options.run.profile : undefined),
      roleArn,
      externalId,
      sessionName,
      inputName: part.inputName,
      input,
      rows: survey.tally.rows,
      rowsToRun,
    },
    endpoint: target.url,
    changes: changesOf(rows, survey),
    file: {
      account,
      rowsToRun,
      rows,
      input: countsOf(survey.tally),
      writes: writesOf(rows, survey),
      faults,
      replacing: survey.table.replacing,
      unmapped: survey.unmapped,
    },
  };
}

/** The account's solutions, asked for as the run itself does. */
async function listedBy(
  target: RunTarget,
  input: RereadableInput,
  { retryPolicy }: Pick<RunRequest, 'retryPolicy'>,
  deps: ServiceDependencies,
): Promise<readonly ListedSolution[]> {
  const service = await target.open(input, deps);
  try {
    return await listSolutions({ ...deps, ...service, retryPolicy, stopSwitch: createStopSwitch() });
  } finally {
    await service.close();
  }
}

async function bytesOf(input: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of input) pieces.push(piece);
  return Buffer.concat(pieces);
}
