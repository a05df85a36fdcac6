import type { InputOptions } from '../input/columns/input-options.ts';
import type { AskedMap } from '../run/request/offline-pairs.ts';
import type { JobSpec } from '../run/request/run-job-spec.ts';
import type { RunOptions } from '../run/request/run-options.ts';
import { runTargetOf, type RunTarget, type TargetContext } from '../run/request/run-target.ts';
import { runName, type FleetRun, type FleetSignIn } from '../store/fleet/fleet-store.ts';

/** The options of a fleet's runs: all have the same. */
export interface FleetOptions {
  readonly run: RunOptions;
  readonly input: InputOptions;
  /** Read where the fleet was submitted: no worker has its file. */
  readonly replaceMap?: AskedMap | undefined;
}

export function writeOptions(options: FleetOptions): string {
  return JSON.stringify(options);
}

export function readOptions(text: string): FleetOptions {
  return JSON.parse(text) as FleetOptions; // written by this tool
}

/** The service as one account of the fleet asks it. */
export function targetOf(
  { profile, roleArn, externalId, sessionName }: FleetSignIn,
  options: RunOptions,
  { env, shared }: Pick<TargetContext, 'env' | 'shared'>,
): Promise<RunTarget> {
  const role = roleArn === undefined ? undefined : { roleArn, externalId, sessionName };
  const { profile: _own, ...others } = options;
  const named = profile ?? (role === undefined ? undefined : options.profile);
  return runTargetOf({ ...others, ...(named !== undefined && { profile: named }) }, { env, role, shared });
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
