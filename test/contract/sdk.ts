import {
  PartnerCentralSellingClient,
  type PartnerCentralSellingClientConfig,
} from '@aws-sdk/client-partnercentral-selling';
import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import type { InjectedFault } from '../../src/emulator/faults/fault-kinds.ts';
import { startForTest } from '../emulator/start-for-test.ts';

export const SOLUTION = {
  Catalog: 'Sandbox',
  OpportunityIdentifier: 'O1',
  RelatedEntityType: 'Solutions',
  RelatedEntityIdentifier: 'S-0000001',
} as const;

/** An emulator, and the official client at it, which tries once. */
export async function start(
  options: Partial<EmulatorOptions> = {},
): Promise<[Emulator, PartnerCentralSellingClient]> {
  const emulator = await startForTest(options);
  return [emulator, clientFor(emulator)];
}

/** The official client at the emulator, with settings of the test's own. */
export function clientFor(
  { url, credentials }: Emulator,
  settings: PartnerCentralSellingClientConfig = {},
): PartnerCentralSellingClient {
  const client = new PartnerCentralSellingClient({
    region: 'us-east-1',
    endpoint: url,
    credentials,
    maxAttempts: 1,
    ...settings,
  });
  onTestFinished(() => client.destroy());
  return client;
}

/** The options of an emulator whose next call meets a fault. */
export function faultOnce(kind: InjectedFault): Partial<EmulatorOptions> {
  return { faults: { chances: [], script: [{ kind, times: 1 }] } };
}

export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}
