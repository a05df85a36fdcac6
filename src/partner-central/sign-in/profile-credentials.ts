import type { Settings } from '../access/shared-config.ts';
import { runCredentialProcess } from './credential-process.ts';
import { environmentKeys, instanceOrContainer, keysOf } from './key-sources.ts';
import { roleCredentials } from './role-credentials.ts';
import { sdkProviders } from './sdk-providers.ts';
import { tokenEnd } from './sso-token.ts';
import type { Found, SignInContext, Source } from './sign-in-context.ts';

/** In the AWS CLI's order; of a profile that the option names, the environment's keys are none. */
export async function findCredentials(context: SignInContext): Promise<Found | undefined> {
  const { name, namedBy } = context.settings.profile;
  const before = namedBy === 'option' ? [] : [environmentKeys];
  const sources: readonly Source[] = [...before, role, webIdentity, ...OF_A_PROFILE, instanceOrContainer];
  return firstOf(sources, context, name);
}

/** Those of a profile that another one names as its source. */
function sourceCredentials(context: SignInContext, profile: string): Promise<Found | undefined> {
  return firstOf([webIdentityOfProfile, ...OF_A_PROFILE], context, profile);
}

async function firstOf(
  sources: readonly Source[],
  context: SignInContext,
  profile: string,
): Promise<Found | undefined> {
  for (const source of sources) {
    const found = await source(context, profile);
    if (found !== undefined) return found;
  }
  return undefined;
}

const role: Source = (context, profile) => roleCredentials(context, profile, sourceCredentials);

/** The variables' before the profile's, unless the option names the profile. */
const webIdentity: Source = async (context, profile) => {
  const { env, profile: chosen } = context.settings;
  const tokenFile = env['AWS_WEB_IDENTITY_TOKEN_FILE'];
  const roleArn = env['AWS_ROLE_ARN'];
  if (chosen.namedBy === 'option' || !tokenFile || !roleArn) return webIdentityOfProfile(context, profile);
  const { webIdentity: ask } = await sdkProviders(context);
  const credentials = await ask({ tokenFile, roleArn, sessionName: env['AWS_ROLE_SESSION_NAME'] });
  return { credentials, origin: 'web identity (AWS_WEB_IDENTITY_TOKEN_FILE)' };
};

const webIdentityOfProfile: Source = async (context, profile) => {
  const own = ownOf(context, profile);
  const tokenFile = own.get('web_identity_token_file');
  const roleArn = own.get('role_arn');
  if (tokenFile === undefined || roleArn === undefined) return undefined;
  const { webIdentity: ask } = await sdkProviders(context);
  const credentials = await ask({ tokenFile, roleArn, sessionName: own.get('role_session_name') });
  return { credentials, origin: `web identity of profile "${profile}"` };
};

const singleSignOn: Source = async (context, profile) => {
  if (![...ownOf(context, profile).keys()].some((key) => key.startsWith('sso_'))) return undefined;
  const { sso } = await sdkProviders(context);
  const credentials = await sso(profile);
  const endsAtMs = await tokenEnd(ownOf(context, profile));
  return {
    credentials,
    origin: `single sign-on of profile "${profile}"`,
    signIn: { endsAtMs, mayReturn: true },
  };
};

const login: Source = async (context, profile) => {
  if (ownOf(context, profile).get('login_session') === undefined) return undefined;
  const { login: ask } = await sdkProviders(context);
  return { credentials: await ask(profile), origin: `aws login of profile "${profile}"` };
};

const helper: Source = async (context, profile) => {
  const command = ownOf(context, profile).get('credential_process');
  if (command === undefined) return undefined;
  const credentials = await runCredentialProcess(command, profile, context);
  return { credentials, origin: `credential_process of profile "${profile}"` };
};

const OF_A_PROFILE: readonly Source[] = [
  singleSignOn,
  async ({ settings: { shared } }, profile) => keysOf(shared.credentials, profile),
  login,
  helper,
  async ({ settings: { shared } }, profile) => keysOf(shared.config, profile),
];

function ownOf({ settings }: SignInContext, profile: string): Settings {
  return settings.shared.profiles.get(profile) ?? new Map();
}
