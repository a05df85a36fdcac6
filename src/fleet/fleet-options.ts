import type { InputOptions } from '../input/columns/input-options.ts';
import { isAwsOwn } from '../model/catalog.ts';
import type { AskedMap } from '../run/request/offline-pairs.ts';
import type { JobSpec } from '../run/request/run-job-spec.ts';
import type { RunOptions } from '../run/request/run-options.ts';
import { runTargetOf, type RunTarget, type TargetContext } from '../run/request/run-target.ts';
import { runName, type FleetRun, type FleetSignIn } from '../store/fleet/fleet-store.ts';
import { ofNewest } from '../store/fleet/of-newest.ts';

/** The options of a fleet's runs: all have the same. */
export interface FleetOptions {
  readonly run: RunOptions;
  readonly input: InputOptions;
  /** Where all calls go, as it was settled where the fleet was submitted; an earlier version left that to each worker. */
  readonly endpoint?: string | undefined;
  /** Read where the fleet was submitted: no worker has its file. */
  readonly replaceMap?: AskedMap | undefined;
}

export function writeOptions(options: FleetOptions): string {
  return JSON.stringify(options);
}

export const readOptions: (text: string) => FleetOptions = ofNewest(
  (text) => JSON.parse(text) as FleetOptions, // written by this tool
);

/** Where a fleet's calls go. */
export interface FleetPlace {
  readonly catalog: string | undefined;
  /** Its origin; `undefined`: each worker's own. */
  readonly endpoint: string | undefined;
  /** Whether that is AWS's own: what is done there is done to real data. */
  readonly awsOwn: boolean | undefined;
}

export function placeOf({ run: { catalog }, endpoint }: Pick<FleetOptions, 'run' | 'endpoint'>): FleetPlace {
  const url = endpoint === undefined ? undefined : new URL(endpoint);
  return { catalog, endpoint: url?.origin, awsOwn: url && isAwsOwn(url) };
}

/** The service as one account of the fleet asks it. */
export function targetOf(
  { profile, roleArn, externalId, sessionName }: FleetSignIn,
  { run: options, endpoint }: Pick<FleetOptions, 'run' | 'endpoint'>,
  { env, shared, otherNamed }: Pick<TargetContext, 'env' | 'shared' | 'otherNamed'>,
): Promise<RunTarget> {
  const role = roleArn === undefined ? undefined : { roleArn, externalId, sessionName };
  const { profile: _own, ...others } = options;
  const named = profile ?? (role === undefined ? undefined : options.profile);
  const asked = { ...others, ...(named !== undefined && { profile: named }) };
  return runTargetOf(asked, { env, role, shared, endpoint, otherNamed });
}

/** The job of an account: the same as `disassociate` with the account's file. */
export function specOf(
  run: Pick<FleetRun, 'account' | 'fleet' | 'inputName'>,
  { input, replaceMap }: FleetOptions,
  inputBytes: AsyncIterable<Uint8Array>,
): JobSpec {
  return {
    command: 'disassociate',
    operationOf: () => 'disassociate',
    planOnly: false,
    provenIds: false,
    inputName: run.inputName,
    inputBytes,
    inputOptions: input,
    replaceMap,
    purpose: `oppsweep worker, at ${runName(run)}`,
    defaultResults: `${run.fleet}.results.csv`,
  };
}
