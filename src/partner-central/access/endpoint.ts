import { RunError } from '../../model/run-error.ts';

export interface EndpointOptions {
  /** As the AWS CLI's option of the same name. */
  readonly endpointUrl?: string | undefined;
  /** What the profile of the shared configuration names: see `readProfileEndpoint`. */
  readonly profileEndpointUrl?: string | undefined;
  readonly region: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The service lives here alone. */
export const SERVICE_REGION = 'us-east-1';

/**
 * Where the service is, in the AWS CLI's order: the option, the service's variable, the variable for all, the
 * profile, else AWS's own. Throws a `RunError` of code `usage` for what can't be meant.
 */
export function resolveEndpoint(options: EndpointOptions): URL {
  const { region, env } = options;
  const custom = customEndpoint(options);
  const wantsFips = isTrue(env['AWS_USE_FIPS_ENDPOINT']);
  if (custom !== undefined) {
    if (wantsFips) throw fipsWithCustom(custom.from);
    return parseEndpoint(custom);
  }
  if (region !== SERVICE_REGION) throw elsewhere(region);
  return new URL(`https://partnercentral-selling${wantsFips ? '-fips' : ''}.${SERVICE_REGION}.api.aws`);
}

/** Where STS is asked whose credentials these are; undefined where it shouldn't be, as before an emulator. */
export function stsEndpoint(endpoint: URL, env: EndpointOptions['env']): URL | undefined {
  const text = env['AWS_ENDPOINT_URL_STS'];
  if (text !== undefined && text !== '' && !isTrue(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])) {
    return parseEndpoint({ from: 'AWS_ENDPOINT_URL_STS', text });
  }
  return isAwsOwn(endpoint) ? new URL(`https://sts.${SERVICE_REGION}.amazonaws.com`) : undefined;
}

/** Whether an endpoint is AWS's own, so that what is done there is done to real data. */
export function isAwsOwn({ hostname }: URL): boolean {
  return /(^|\.)(api\.aws|amazonaws\.com|amazonaws\.com\.cn)$/.test(hostname);
}

const EXAMPLE = 'http://127.0.0.1:8080';

interface ConfiguredUrl {
  readonly from: string;
  readonly text: string;
}

function customEndpoint({
  endpointUrl,
  profileEndpointUrl,
  env,
}: EndpointOptions): ConfiguredUrl | undefined {
  if (endpointUrl !== undefined) return { from: 'the option endpoint-url', text: endpointUrl };
  if (isTrue(env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'])) return undefined;
  for (const from of ['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING', 'AWS_ENDPOINT_URL']) {
    const text = env[from];
    if (text !== undefined && text !== '') return { from, text };
  }
  return profileEndpointUrl === undefined
    ? undefined
    : { from: "the profile's endpoint_url", text: profileEndpointUrl };
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

function fipsWithCustom(from: string): RunError {
  return new RunError(
    'usage',
    `AWS_USE_FIPS_ENDPOINT is set together with an endpoint of your own (${from}).`,
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

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === 'true';
}
