import { fileSource } from '../../input/bytes/read-file.ts';
import { parseCatalog, type Catalog } from '../../model/catalog.ts';
import type { Operation } from '../../model/operation.ts';
import type { ValidRow } from '../../model/row.ts';
import { RunError } from '../../model/run-error.ts';
import { readAwsSettings, type AwsSettings } from '../../partner-central/access/aws-settings.ts';
import { readNetwork } from '../../partner-central/access/network.ts';
import type { SharedDispatchers } from '../../partner-central/access/shared-dispatchers.ts';
import { otherNamed, resolveEndpoint } from '../../partner-central/access/endpoint.ts';
import type { AskCode, GivenRole } from '../../partner-central/sign-in/sign-in-context.ts';
import type { LiveService } from '../service/open-live-service.ts';
import type { OpenService, ServiceDependencies } from '../service/open-service.ts';
import { readSolutions } from './read-solutions.ts';
import { readSeed, readState } from './read-seed.ts';
import type { RereadableInput } from './survey-input.ts';
import { isRehearsal, type TargetOptions } from './run-options.ts';

/** Which service is meant. */
export interface RunTarget {
  readonly catalog: Catalog;
  /** Its origin, or `emulator`. */
  readonly endpoint: string;
  /** The same with its path, where it has one: as `TargetContext` takes it. */
  readonly url: string;
  readonly open: (
    input: RereadableInput,
    deps: ServiceDependencies,
    work?: WorkToRehearse,
  ) => Promise<OpenService>;
  /** The account that is signed in; it is so once, for this and for what is opened later. */
  readonly account: (deps: ServiceDependencies) => Promise<string>;
}

/** What a run is about to do: a rehearsal begins with what that needs. */
export interface WorkToRehearse {
  readonly operationOf: (row: ValidRow) => Operation;
}

/** The parts that the process lends to whoever finds the service. */
export interface TargetContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks a person for the code of an MFA device; absent where nobody can be asked. */
  readonly askCode?: AskCode | undefined;
  /** Assumed with the credentials that are found. */
  readonly role?: GivenRole | undefined;
  /** Where the calls go, settled before and elsewhere: whatever this machine's settings name, they go nowhere else. */
  readonly endpoint?: string | undefined;
  /** Hears who names another here. */
  readonly otherNamed?: ((from: string, endpoint: string) => void) | undefined;
  /** Connections that other runs of this process use too. */
  readonly shared?: SharedDispatchers | undefined;
}

/** Reads where the calls are to go; throws a `RunError` of code `usage` for what can't be meant. */
export async function runTargetOf(options: TargetOptions, context: TargetContext): Promise<RunTarget> {
  if (isRehearsal(options)) return emulatorTarget(options);
  if (options.catalog === undefined) {
    throw new RunError('usage', 'No catalog is given.', { code: 'name_catalog_or_rehearse' });
  }
  const catalog = parseCatalog(options.catalog);
  const { env, askCode, role, shared } = context;
  const { region, profile, caBundle } = options;
  const aws = await readAwsSettings({ profile, env });
  const endpoint = endpointOf(options, aws, context);
  const network = { ...(await readNetwork(aws, caBundle)), shared };
  // Told now, where nothing is open yet.
  network.proxyFor(endpoint);
  let live: LiveService | undefined;
  const liveService = async (): Promise<LiveService> => {
    // Imported here, as below: undici and the signer are half of the start-up of commands that make no call.
    const { liveServiceAt } = await import('../service/open-live-service.ts');
    return (live ??= liveServiceAt({ catalog, region, endpoint, aws, network, askCode, role }));
  };
  return {
    catalog,
    endpoint: endpoint.origin,
    url: endpoint.href,
    open: async (_input, deps) => (await liveService()).open(deps),
    account: async (deps) => (await liveService()).account(deps),
  };
}

function endpointOf(
  { endpointUrl, region }: TargetOptions,
  aws: AwsSettings,
  { endpoint: settled, otherNamed: told }: TargetContext,
): URL {
  if (settled === undefined) return resolveEndpoint({ endpointUrl, region }, aws);
  const endpoint = new URL(settled);
  const other = otherNamed(endpoint, aws);
  if (other !== undefined) told?.(other, endpoint.origin);
  return endpoint;
}

function emulatorTarget(options: TargetOptions): RunTarget {
  if (options.catalog !== undefined && parseCatalog(options.catalog) !== 'Sandbox') {
    throw new RunError(
      'usage',
      `The emulator holds catalog Sandbox, and catalog ${options.catalog} is asked for.`,
      {
        code: 'settle_catalog',
      },
    );
  }
  const { emulatorState: state, emulatorSolutions: listed } = options;
  return {
    catalog: 'Sandbox',
    endpoint: 'emulator',
    url: 'emulator',
    open: async (input, deps, work) => {
      const { openEmulatedService } = await import('../service/open-emulated-service.ts');
      const solutions = listed === undefined ? [] : await readSolutions(listed, fileSource(listed).bytes);
      const seed =
        state === undefined
          ? readSeed({ ...input, options: { ...input.options, solutions } }, work?.operationOf)
          : readState(state, solutions);
      return openEmulatedService({ seed, solutions }, deps);
    },
    account: async () => 'emulator',
  };
}
