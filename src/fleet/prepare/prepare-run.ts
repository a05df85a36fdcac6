import type { TableReading } from '../../input/columns/table-reading.ts';
import { countsOf, type InputCounts, type InputTally } from '../../input/rows/input-tally.ts';
import { createStopSwitch } from '../../calls/stop/stop-switch.ts';
import { parseCatalog } from '../../model/catalog.ts';
import type { ListedSolution } from '../../model/call.ts';
import type { InputRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import { assertMeansAll } from '../../run/export-guard.ts';
import { runRequestOf } from '../../run/request/run-job-spec.ts';
import { changesOf, writesOf, type ChangesAtMost } from '../../run/request/changes-at-most.ts';
import { withResolved } from '../../run/request/input-terms.ts';
import type { RunRequest } from '../../run/request/run-request.ts';
import type { RunTarget } from '../../run/request/run-target.ts';
import { surveyInput, type RereadableInput, type Survey } from '../../run/request/survey-input.ts';
import { listSolutions } from '../../run/resolve/list-solutions.ts';
import { resolveTerms } from '../../run/resolve/resolve-terms.ts';
import type { ServiceDependencies } from '../../run/service/open-service.ts';
import { identify } from '../../store/input-bytes.ts';
import type { SubmittedRun } from '../../store/fleet/fleet-store.ts';
import { findProfile } from './find-profile.ts';
import { specOf, type FleetOptions } from '../fleet-options.ts';
import { oneOf, type Part } from './parts-of.ts';
import { serviceDeps, type FleetContext } from '../run-slice.ts';
import { noteFault, type FaultyRow } from './faulty-rows.ts';
import { signInTo } from './sign-in-to.ts';

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

export interface PreparedRun {
  readonly run: SubmittedRun;
  readonly changes: ChangesAtMost;
  readonly file: PreparedFile;
  readonly endpoint: string;
}

/** One account's run, or all that is not good about it: its file is judged, whether or not the account can be signed in to. */
export interface TriedRun {
  readonly one?: PreparedRun;
  /** Of its file, where that could be judged. */
  readonly tally?: InputTally;
  readonly faults: readonly RunError[];
}

export async function prepareRun(
  part: Part,
  fleet: string,
  options: FleetOptions,
  context: FleetContext,
): Promise<TriedRun> {
  const signIn = { ...part, profile: await findProfile(part, context.env) };
  const signingIn = tried(async () => {
    if (part.isUnclear === true) throw NOT_ASKED;
    return signInTo(signIn, fleet, options, context);
  });
  const [signedIn, input] = await Promise.all([signingIn, tried(() => bytesOf(part.input()))]);
  const { account, target } =
    signedIn instanceof RunError
      ? { account: part.account ?? '', target: unreached(options, signedIn) }
      : signedIn;
  const judge = (bytes: Uint8Array): Promise<JudgedFile> =>
    judgeFile({ part, account, fleet, input: bytes }, target, options, context);
  const judged = input instanceof RunError ? input : await tried(() => judge(input));
  if (signedIn instanceof RunError || input instanceof RunError || judged instanceof RunError) {
    const faults = [signedIn, judged].filter((one) => one instanceof RunError && one !== NOT_ASKED);
    const own = [...new Set(faults as RunError[])]; // as was just asked
    return judged instanceof RunError ? { faults: own } : { faults: own, tally: judged.survey.tally };
  }
  const one = preparedRun({ part: signIn, account, input, options }, target, judged);
  return { one, tally: judged.survey.tally, faults: [] };
}

/** Of a row that does not say which account it means: that is told of it, and nothing was asked. */
const NOT_ASKED = new RunError('usage', 'Nobody knows which account is meant.');

async function tried<T>(work: () => Promise<T>): Promise<T | RunError> {
  return work().catch((error: unknown) => {
    if (error instanceof RunError) return error;
    throw error;
  });
}

/** In the place of a service that nobody is signed in to: what has to be asked of it stays open. */
function unreached({ run: { catalog }, endpoint }: FleetOptions, why: RunError): RunTarget {
  const refuse = (): Promise<never> => Promise.reject(why);
  const url = endpoint ?? '';
  return { catalog: parseCatalog(catalog ?? ''), endpoint: url, url, open: refuse, account: refuse };
}

interface FileToJudge {
  readonly part: Part;
  readonly account: string;
  readonly fleet: string;
  readonly input: Uint8Array;
}

interface JudgedFile {
  readonly survey: Survey;
  readonly invalid: readonly FaultyRow[];
}

async function judgeFile(
  { part, account, fleet, input }: FileToJudge,
  target: RunTarget,
  options: FleetOptions,
  context: FleetContext,
): Promise<JudgedFile> {
  const of = { account, fleet, inputName: part.inputName };
  const request = runRequestOf(specOf(of, options, oneOf(input)), options.run, target, context);
  const asked = { name: part.inputName, read: () => oneOf(input), options: options.input };
  const deps = {
    ...serviceDeps(of, options, new AbortController().signal, context),
    writes: 'look',
  } as const;
  const resolved = await resolveTerms(request, asked, () => listedBy(target, asked, request, deps));
  const read = { ...asked, options: withResolved(asked.options, resolved) };
  const invalid: FaultyRow[] = [];
  const hears = (row: InputRow): void => noteFault(invalid, row, part.fromSheet === true);
  const survey = await surveyInput(read, { ...request, refuseUnclear: true, hears });
  await assertMeansAll(request, read, survey, await identify(part.inputName, oneOf(input)));
  return { survey, invalid };
}

interface RunToPrepare {
  /** With the profile that was found for it. */
  readonly part: Part;
  readonly account: string;
  readonly input: Uint8Array;
  readonly options: FleetOptions;
}

function preparedRun(
  { part, account, input, options }: RunToPrepare,
  target: RunTarget,
  { survey, invalid }: JudgedFile,
): PreparedRun {
  const { profile, roleArn, externalId, sessionName, inputName } = part;
  const { rowsToRun } = survey;
  const rows = Math.min(rowsToRun, options.run.limit ?? rowsToRun);
  return {
    run: {
      account,
      profile: profile ?? (roleArn === undefined ? options.run.profile : undefined),
      roleArn,
      externalId,
      sessionName,
      inputName,
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
      faults: invalid,
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
