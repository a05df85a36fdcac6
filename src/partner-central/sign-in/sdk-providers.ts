import { fipsFrom, roleEndpoint } from '../access/endpoint.ts';
import { decodeName, encodeName } from '../access/section-names.ts';
import type { Credentials } from '../access/credentials.ts';
import { isObject } from '../wire/json-object.ts';
import type { SignInContext } from './sign-in-context.ts';

/** The sources that the SDK's own providers ask: single sign-on, web identity, `aws login`, container, instance. */
export interface SdkProviders {
  readonly sso: (profile: string) => Promise<Credentials>;
  readonly login: (profile: string) => Promise<Credentials>;
  readonly webIdentity: (terms: WebIdentityTerms) => Promise<Credentials>;
  /** Where the container's variables are set. */
  readonly container: () => Promise<Credentials>;
  readonly instance: () => Promise<Credentials>;
}

export interface WebIdentityTerms {
  readonly tokenFile: string;
  readonly roleArn: string;
  readonly sessionName: string | undefined;
}

/** Loaded only where a source is asked: 60 ms. */
export async function sdkProviders(context: SignInContext): Promise<SdkProviders> {
  // The documented switch of the SDK's own notice about Node 20, seven lines among ours.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const providers = await import('@aws-sdk/credential-providers');
  const { settings, transport } = context;
  const { config, credentials } = settings.shared;
  const clientConfig = {
    requestHandler: transport,
    // Whoever asked tries again, with a clock that heeds the signal.
    maxAttempts: 1,
    useFipsEndpoint: fipsFrom(settings) !== undefined,
  };
  const files = { filepath: credentials.readAs, configFilepath: config.readAs, logger: SILENT };
  // Not in `clientConfig`: its region would be asked for single sign-on too, in place of the profile's `sso_region`.
  const parentClientConfig = { region: context.region };
  // A FIPS one where FIPS is wished: the SDK takes no endpoint beside that wish.
  const sts = roleEndpoint(settings, context.region);
  return {
    sso: async (profile) => {
      await lendToken(settings.shared.profiles.get(profile)?.get('sso_session'));
      return providers.fromSSO({ ...files, profile: encodeName(profile), clientConfig })();
    },
    login: (profile) =>
      providers.fromLoginCredentials({ ...files, profile: encodeName(profile), clientConfig })(),
    webIdentity: ({ tokenFile, roleArn, sessionName }) =>
      providers.fromTokenFile({
        webIdentityTokenFile: tokenFile,
        roleArn,
        ...(sessionName !== undefined && { roleSessionName: sessionName }),
        clientConfig: { ...clientConfig, endpoint: sts.href, useFipsEndpoint: false },
        parentClientConfig,
        logger: SILENT,
      })(),
    container: () => providers.fromHttp({ logger: SILENT })(),
    instance: () => providers.fromInstanceMetadata({ logger: SILENT })(),
  };
}

/** The SDK's own warnings go nowhere. */
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/**
 * The SDK finds a session's token by the session's name as it reads it. Where that is not the name in the file, it is lent
 * the token that `aws sso login` left, without the means to renew it: a new one would be kept under the wrong name.
 */
async function lendToken(sessionAsRead: string | undefined): Promise<void> {
  const session = sessionAsRead === undefined ? undefined : decodeName(sessionAsRead);
  if (sessionAsRead === undefined || session === undefined || session === sessionAsRead) return;
  const { externalDataInterceptor, getSSOTokenFromFile } = await import('@smithy/core/config');
  const token: unknown = await getSSOTokenFromFile(session).catch(() => undefined);
  if (!isObject(token)) return;
  const { accessToken, expiresAt } = token;
  externalDataInterceptor.interceptToken(sessionAsRead, { accessToken, expiresAt });
}
