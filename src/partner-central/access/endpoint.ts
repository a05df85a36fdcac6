import { isAwsOwn } from '../../model/catalog.ts';
import { RunError } from '../../model/run-error.ts';
import { isTrue, settingOf, type AwsSettings } from './aws-settings.ts';
import type { Settings } from './shared-config.ts';

export interface EndpointOptions {
  /** As the AWS CLI's options of those names. */
  readonly endpointUrl?: string | undefined;
  readonly region: string;
}

const EXAMPLE = 'http://127.0.0.1:8080';

/** The service lives here alone. */
export const SERVICE_REGION = 'us-east-1';

/** A service as variables and the shared files name it. */
type ServiceKey = 'partnercentral_selling' | 'sts';

/**
 * Tells where the service is, in the AWS CLI's order: the option, the service's variable, the variable for all, the
 * profile's `services` section, the profile, else AWS's own. Throws a `RunError` of code `usage` for what can't be meant.
 */
export function resolveEndpoint({ endpointUrl, region }: EndpointOptions, settings: AwsSettings): URL {
  const custom =
    endpointUrl === undefined
      ? configuredUrl(settings, 'partnercentral_selling')
      : { from: 'the option endpoint-url', text: endpointUrl };
  const fips = fipsFrom(settings);
  if (custom !== undefined) {
    if (fips !== undefined) throw fipsWithCustom(fips, custom.from);
    return parseEndpoint(custom);
  }
  if (region !== SERVICE_REGION) throw elsewhere(region);
  const suffix = fips === undefined ? '' : '-fips';
  return new URL(`https://partnercentral-selling${suffix}.${SERVICE_REGION}.api.aws`);
}

/**
 * Who names another endpoint than this one, in words: a variable, the profile, or a wish for FIPS. `undefined` where nobody does, and AWS's own
 * would be taken, which anything may take the place of.
 */
export function otherNamed(endpoint: URL, settings: AwsSettings): string | undefined {
  const named = configuredUrl(settings, 'partnercentral_selling');
  if (named === undefined) return endpoint.hostname.includes('-fips.') ? undefined : fipsFrom(settings);
  return URL.canParse(named.text) && new URL(named.text).href === endpoint.href ? undefined : named.from;
}

/** Tells where STS is asked whose credentials these are; undefined where it shouldn't be, as before an emulator. */
export function stsEndpoint(endpoint: URL, settings: AwsSettings): URL | undefined {
  const named = configuredUrl(settings, 'sts', 'of_service');
  if (named !== undefined) return parseEndpoint(named);
  return isAwsOwn(endpoint) ? awsSts(settings, SERVICE_REGION) : undefined;
}

/** Tells where STS is asked for a role's credentials, as the AWS CLI does: where all services are, if that is configured. */
export function roleEndpoint(settings: AwsSettings, region: string): URL {
  const named = configuredUrl(settings, 'sts');
  return named === undefined ? awsSts(settings, region) : parseEndpoint(named);
}

/** Whether FIPS endpoints are wished, and who wishes it. */
export function fipsFrom(settings: AwsSettings): string | undefined {
  if (!isTrue(settingOf(settings, 'AWS_USE_FIPS_ENDPOINT', 'use_fips_endpoint'))) return undefined;
  return settings.env['AWS_USE_FIPS_ENDPOINT'] ? 'AWS_USE_FIPS_ENDPOINT' : "the profile's use_fips_endpoint";
}

interface ConfiguredUrl {
  readonly from: string;
  readonly text: string;
}

/** `of_service`: only where it is said of this service, not where it is said of all. */
function configuredUrl(
  settings: AwsSettings,
  service: ServiceKey,
  said: 'of_service' | 'of_any' = 'of_any',
): ConfiguredUrl | undefined {
  const { env, own } = settings;
  const ignored = settingOf(
    settings,
    'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
    'ignore_configured_endpoint_urls',
  );
  if (isTrue(ignored)) return undefined;
  const variables = [
    `AWS_ENDPOINT_URL_${service.toUpperCase()}`,
    ...(said === 'of_any' ? ['AWS_ENDPOINT_URL'] : []),
  ];
  for (const from of variables) {
    const text = env[from];
    if (text !== undefined && text !== '') return { from, text };
  }
  const ofService = servicesSection(settings)?.get(`${service}.endpoint_url`);
  if (ofService !== undefined) return { from: "the endpoint_url of the profile's services", text: ofService };
  const ofAll = said === 'of_any' ? own.get('endpoint_url') : undefined;
  return ofAll === undefined ? undefined : { from: "the profile's endpoint_url", text: ofAll };
}

/** Throws where the profile names one that isn't there: calls would go to AWS's own endpoint in its place. */
function servicesSection({ own, shared, profile }: AwsSettings): Settings | undefined {
  const name = own.get('services');
  if (name === undefined) return undefined;
  const section = shared.services.get(name);
  if (section !== undefined) return section;
  throw new RunError(
    'usage',
    `Profile "${profile.name}" names services "${name}", and ${shared.config.path} has no section [services ${name}].`,
    { code: 'mend_services' },
  );
}

function awsSts(settings: AwsSettings, region: string): URL {
  return new URL(`https://sts${fipsFrom(settings) === undefined ? '' : '-fips'}.${region}.amazonaws.com`);
}

function parseEndpoint({ from, text }: ConfiguredUrl): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new RunError('usage', `The endpoint in ${from} is no http or https URL.`, {
      code: 'write_url_in_full',
      example: EXAMPLE,
    });
  }
  // Not shown: a URL with a name in it has a password in it.
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new RunError(
      'usage',
      `The endpoint in ${from} has a user, a query or a fragment, which no endpoint has.`,
      { code: 'write_url_alone', example: EXAMPLE },
    );
  }
  return url;
}

function fipsWithCustom(fips: string, from: string): RunError {
  return new RunError(
    'usage',
    `FIPS endpoints are wished (${fips}) together with an endpoint of your own (${from}).`,
    { code: 'unset_fips_or_endpoint' },
  );
}

function elsewhere(region: string): RunError {
  return new RunError(
    'usage',
    `Partner Central is not in region "${region}": it is in ${SERVICE_REGION} only.`,
    { code: 'service_region', region: SERVICE_REGION },
  );
}
