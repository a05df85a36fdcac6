import { DEFAULT_EMULATOR_OPTIONS, startEmulator, type EmulatorOptions } from '../../emulator/emulator.ts';
import { fixedCredentials } from '../../partner-central/access/credentials.ts';
import { SERVICE_REGION } from '../../partner-central/access/endpoint.ts';
import { DIRECT } from '../../partner-central/access/network.ts';
import { memoryQuota } from '../../store/memory/memory-quotas.ts';
import { assembleService, type OpenService, type ServiceDependencies } from './open-service.ts';

/**
 * Starts the emulator in this process and opens it as the service: nothing leaves the machine, and nothing of it
 * outlives the process, its quota neither. It holds the run to the limits that the run was given.
 */
export async function openEmulatedService(
  held: Pick<EmulatorOptions, 'seed' | 'solutions'>,
  deps: ServiceDependencies,
): Promise<OpenService> {
  const { limits, clock } = deps;
  const emulator = await startEmulator({
    ...DEFAULT_EMULATOR_OPTIONS,
    ...held,
    writesPerSecond: limits.writesPerSecond,
    readsPerSecond: limits.readsPerSecond,
    writesPerDay: limits.writesPerDay,
    readsPerDay: limits.readsPerDay,
    mostOpenRequests: Math.max(DEFAULT_EMULATOR_OPTIONS.mostOpenRequests, 2 * limits.concurrency),
    record: false,
    clock,
  });
  try {
    const service = await assembleService(
      {
        endpoint: new URL(emulator.url),
        network: DIRECT,
        region: SERVICE_REGION,
        catalog: 'Sandbox',
        credentials: fixedCredentials(emulator.credentials),
        caller: null,
        quota: memoryQuota(clock),
      },
      deps,
    );
    const close = async (): Promise<void> => {
      await service.close();
      await emulator.close();
    };
    return { ...service, endpoint: 'emulator', close };
  } catch (error) {
    await emulator.close();
    throw error;
  }
}
