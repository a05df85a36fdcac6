import type { Fault } from '../../model/fault.ts';
import { RunError } from '../../model/run-error.ts';
import { readAwsSettings } from '../../partner-central/access/aws-settings.ts';
import { isAwsOwn } from '../../model/catalog.ts';
import { resolveEndpoint } from '../../partner-central/access/endpoint.ts';
import { readNetwork } from '../../partner-central/access/network.ts';
import { readServiceClock, type ClockReading } from '../../partner-central/service-clock.ts';
import { serviceUnreachable } from '../../calls/stop/stop-reasons.ts';
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

/** A proxy is tried: it may be away, want a password, or refuse the way. */
export async function checkNetwork(examination: Examination): Promise<Findings['network']> {
  const { caBundle, found, lent } = examination;
  const network = await readNetwork(held(lent.settings), caBundle);
  lent.network = network;
  const proxy = network.proxyFor(found('endpoint').url);
  if (proxy !== undefined) {
    lent.time = await askTime(examination);
    if (!lent.time.ok && lent.time.fault.kind === 'unreachable') throw noWay(lent.time.fault, proxy.from);
  }
  const { certificates } = network;
  return {
    // Its token stays behind.
    ...(proxy !== undefined && { proxy: { origin: proxy.origin, from: proxy.from } }),
    ...(certificates !== undefined && { certificates: { path: certificates.path, from: certificates.from } }),
  };
}

function noWay({ message }: Fault, from: string): RunError {
  return new RunError('service_unreachable', message, { code: 'mend_proxy', from });
}

function askTime(examination: Examination): Promise<ClockReading> {
  const { found, lent, signal } = examination;
  const question = { ...examination, endpoint: found('endpoint').url, network: held(lent.network) };
  return readServiceClock(question, signal);
}

/** A clock that is off is in no run's way: a run goes by the service's. */
export async function checkClock(examination: Examination): Promise<Findings['clock']> {
  const reading = (examination.lent.time ??= await askTime(examination));
  if (!reading.ok) throw serviceUnreachable(reading.fault, 'asked for the time');
  return { skewMs: reading.skewMs };
}
