import type { FleetPlace } from '../../fleet/fleet-options.ts';

/** Behind the catalog, or behind a question: an endpoint that is not AWS's own is named. Empty where it is. */
export function atEndpoint({ endpoint, awsOwn }: FleetPlace): string {
  return awsOwn === true ? '' : `, at ${endpoint ?? 'the endpoint of each worker’s own settings'}`;
}
