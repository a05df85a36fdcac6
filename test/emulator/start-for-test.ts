import { onTestFinished } from 'vitest';
import {
  DEFAULT_EMULATOR_OPTIONS,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
} from '../../src/emulator/emulator.ts';
import type { Association } from '../../src/model/entity.ts';
import { association } from './associations.ts';
import { systemClock } from './system-clock.ts';

export const OFFER_ARN = 'arn:aws:aws-marketplace:us-east-1:123456789012:AWSMarketplace/Offer/offer-abc';

/** The associations of the tests' emulator, unless a test gives others. */
export const SEED: readonly Association[] = [
  association('O1', 'Solutions', 'S-0000001'),
  association('O1', 'AwsProducts', 'AmazonEC2'),
  association('O2', 'AwsMarketplaceOffers', OFFER_ARN),
  association('O3', 'Solutions', 'S-0000003'),
];

/** Without quotas, so that a test sets the one it is about; closed when the test ends. */
export async function startForTest(options: Partial<EmulatorOptions> = {}): Promise<Emulator> {
  const emulator = await startEmulator({
    ...DEFAULT_EMULATOR_OPTIONS,
    writesPerSecond: 'unlimited',
    readsPerSecond: 'unlimited',
    writesPerDay: 'unlimited',
    readsPerDay: 'unlimited',
    seed: SEED,
    clock: systemClock,
    ...options,
  });
  onTestFinished(() => emulator.close());
  return emulator;
}

/** The four inputs of a change. */
export function change(opportunity: string, type: string, entity: string): object {
  return {
    Catalog: 'Sandbox',
    OpportunityIdentifier: opportunity,
    RelatedEntityType: type,
    RelatedEntityIdentifier: entity,
  };
}

/** The associations as they are now, one line each. */
export function held(emulator: Emulator): string[] {
  return [...emulator.associations()].map(
    ({ opportunityId, entityType, entityId }) => `${opportunityId} ${entityType} ${entityId}`,
  );
}
