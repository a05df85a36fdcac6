import { fileSource } from '../../input/bytes/read-file.ts';
import { parseCatalog, type Catalog } from '../../model/catalog.ts';
import { RunError } from '../../model/run-error.ts';
import { readAwsSettings } from '../../partner-central/access/aws-settings.ts';
import { readNetwork } from '../../partner-central/access/network.ts';
import { resolveEndpoint } from '../../partner-central/access/endpoint.ts';
import type { OpenService, ServiceDependencies } from '../../run/service/open-service.ts';
import { readSeed } from '../../run/read-seed.ts';
import type { RereadableInput } from '../../run/survey-input.ts';
import type { RunFlags } from './run-flags.ts';
import { ask } from '../process/ask.ts';
import type { ProcessContext } from '../process/process-context.ts';

/** Which service is meant. */
export interface RunTarget {
  readonly catalog: Catalog;
  /** Its origin, or `emulator`. */
  readonly endpoint: string;
  readonly open: (input: RereadableInput, deps: ServiceDependencies) => Promise<OpenService>;
}

/** Reads where the calls are to go; throws a `RunError` of code `usage` for what can't be meant. */
export async function runTargetOf(flags: RunFlags, context: ProcessContext): Promise<RunTarget> {
  if (isRehearsal(flags)) return emulatorTarget(flags);
  if (flags.catalog === undefined) {
    throw new RunError('usage', 'No catalog is given.', { code: 'name_catalog_or_rehearse' });
  }
  const catalog = parseCatalog(flags.catalog);
  const { env } = context.terminal;
  const { region, profile, endpointUrl, caBundle } = flags;
  const aws = await readAwsSettings({ profile, env });
  const endpoint = resolveEndpoint({ endpointUrl, region }, aws);
  const network = await readNetwork(aws, caBundle);
  // Told now, where nothing is open yet.
  network.proxyFor(endpoint);
  const askCode = context.terminal.canAsk ? askForCode : undefined;
  return {
    catalog,
    endpoint: endpoint.origin,
    open: async (_input, deps) => {
      // Imported here, as below: undici and the signer are half of the start-up of commands that make no call.
      const { openLiveService } = await import('../../run/service/open-live-service.ts');
      return openLiveService({ catalog, region, endpoint, aws, network, askCode }, deps);
    },
  };
}

function askForCode(serial: string, signal: AbortSignal): Promise<string> {
  return ask(`Code of the MFA device ${serial}: `, signal);
}

/** Against the emulator inside this process. */
export function isRehearsal(flags: RunFlags): boolean {
  return flags.emulator === true || flags.emulatorState !== undefined;
}

function emulatorTarget(flags: RunFlags): RunTarget {
  if (flags.catalog !== undefined && parseCatalog(flags.catalog) !== 'Sandbox') {
    throw new RunError('usage', `--emulator holds catalog Sandbox, and --catalog says ${flags.catalog}.`, {
      code: 'settle_catalog',
    });
  }
  const state = flags.emulatorState;
  return {
    catalog: 'Sandbox',
    endpoint: 'emulator',
    open: async (input, deps) => {
      const { openEmulatedService } = await import('../../run/service/open-emulated-service.ts');
      const stateInput =
        state === undefined ? input : { name: state, read: () => fileSource(state).bytes, options: {} };
      return openEmulatedService(readSeed(stateInput), deps);
    },
  };
}
