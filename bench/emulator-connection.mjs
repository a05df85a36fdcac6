import { systemClock } from '../build/disk/system-clock.js';
import { connect } from '../build/partner-central/connect.js';
import { fixedCredentials } from '../build/partner-central/access/credentials.js';
import { DIRECT } from '../build/partner-central/access/network.js';
import { SERVICE_REGION } from '../build/partner-central/access/endpoint.js';

/** Calls in flight, in every bench that has many: the default of --concurrency. */
export const CONCURRENCY = 16;

/**
 * The two parts of the library that reach an emulator in another process.
 *
 * @param {Readonly<Record<string, string>>} env as `startEmulatorProcess` gives it
 */
export function connectTo(env) {
  const credentials = fixedCredentials({
    accessKeyId: env['AWS_ACCESS_KEY_ID'],
    secretAccessKey: env['AWS_SECRET_ACCESS_KEY'],
  });
  const partnerCentral = connect({
    endpoint: new URL(env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING']),
    network: DIRECT,
    region: SERVICE_REGION,
    catalog: 'Sandbox',
    credentials,
    timeoutMs: 30_000,
    concurrency: CONCURRENCY,
    clock: systemClock,
    userAgent: 'oppsweep|bench',
  });
  return { credentials, partnerCentral };
}
