import { readAwsSettings } from '../../partner-central/access/aws-settings.ts';
import { isAwsOwn, resolveEndpoint } from '../../partner-central/access/endpoint.ts';
import { readNetwork } from '../../partner-central/access/network.ts';
import { readServiceClock } from '../../partner-central/service-clock.ts';
import { clockSkewed, serviceUnreachable } from '../../calls/stop/stop-reasons.ts';
import type { Findings } from './check.ts';
import { held, type Examination } from './examination.ts';

export async function checkConfiguration(examination: Examination): Promise<Findings['configuration']> {
  const settings = await readAwsSettings(examination);
  examination.lent.settings = settings;
  const { config, credentials } = settings.shared;
  const files = [config, credentials].map(({ path, found }) => ({ path, found }));
  return { profile: settings.profile, files };
}

export async function checkEndpoint({
  endpointUrl,
  region,
  lent,
}: Examination): Promise<Findings['endpoint']> {
  const url = resolveEndpoint({ endpointUrl, region }, held(lent.settings));
  return { url, isAwsOwn: isAwsOwn(url) };
}

export async function checkNetwork({ caBundle, found, lent }: Examination): Promise<Findings['network']> {
  const network = await readNetwork(held(lent.settings), caBundle);
  lent.network = network;
  const proxy = network.proxyFor(found('endpoint').url);
  const { certificates } = network;
  return {
    // Its token stays behind.
    ...(proxy !== undefined && { proxy: { origin: proxy.origin, from: proxy.from } }),
    ...(certificates !== undefined && { certificates: { path: certificates.path, from: certificates.from } }),
  };
}

/** The service admits five minutes; near to it calls are refused as likely as not. */
const TOLERATED_SKEW_MS = 4 * 60_000;

export async function checkClock(examination: Examination): Promise<Findings['clock']> {
  const { found, lent, signal } = examination;
  const question = { ...examination, endpoint: found('endpoint').url, network: held(lent.network) };
  const reading = await readServiceClock(question, signal);
  if (!reading.ok) throw serviceUnreachable(reading.fault, 'asked for the time');
  const { skewMs } = reading;
  if (skewMs === undefined || Math.abs(skewMs) <= TOLERATED_SKEW_MS) return { skewMs };
  throw clockSkewed({ kind: 'clock', exception: 'RequestTimeTooSkewed', message: '', clockSkewMs: skewMs });
}
