import type { Settings } from '../access/shared-config.ts';
import { environmentKeys, instanceOrContainer } from './key-sources.ts';
import type { Found, SignInContext, Source } from './sign-in-context.ts';
import { codeNeededAgain, codeUnanswered, profileIncomplete } from './sign-in-errors.ts';

/**
 * The credentials of the role that a profile names by `role_arn`; undefined where it names none, or one for web identity.
 * `ofSource` finds those of a source profile that assumes no role itself. As the AWS CLI, a chain of roles included.
 */
export function roleCredentials(
  context: SignInContext,
  profile: string,
  ofSource: Source,
): Promise<Found | undefined> {
  return assume({ context, ofSource, visited: [] }, profile);
}

interface Walk {
  readonly context: SignInContext;
  readonly ofSource: Source;
  /** Profiles whose role is being assumed, the first one first. */
  readonly visited: readonly string[];
}

async function assume({ context, ofSource, visited }: Walk, profile: string): Promise<Found | undefined> {
  const own = ownOf(context, profile);
  const roleArn = own.get('role_arn');
  if (roleArn === undefined || own.has('web_identity_token_file')) return undefined;
  if (visited.includes(profile))
    throw profileIncomplete(profile, `is its own source (${visited.join(', ')})`);
  const walk = { context, ofSource, visited: [...visited, profile] };
  const source = await sourceOf(walk, profile, own);
  const code = await codeFor(context, profile, own.get('mfa_serial'));
  const region = own.get('region') ?? context.region;
  const credentials = await context.assumeRole({ source: source.credentials, roleArn, region, own, code });
  const origin = `role ${roleArn} of profile "${profile}"`;
  // A code is asked for at the start alone; else the role is assumed anew as long as its source is signed in.
  const signIn =
    code === undefined ? source.signIn : { endsAtMs: credentials.expiration?.getTime(), mayReturn: false };
  return { credentials, origin, ...(signIn !== undefined && { signIn }) };
}

async function sourceOf(walk: Walk, profile: string, own: Settings): Promise<Found> {
  const name = own.get('source_profile');
  const kind = own.get('credential_source');
  if (name !== undefined && kind !== undefined) {
    throw profileIncomplete(profile, 'has both source_profile and credential_source');
  }
  if (name === undefined && kind === undefined) {
    throw profileIncomplete(profile, 'has a role_arn and neither source_profile nor credential_source');
  }
  const found =
    name === undefined ? await ofKind(walk, profile, kind ?? '') : await ofProfile(walk, profile, name);
  if (found !== undefined) return found;
  throw profileIncomplete(
    profile,
    `takes its role by ${name === undefined ? kind : `profile "${name}"`}, which has no credentials`,
  );
}

/** Keys of a profile's own come before a role that it names, so that a profile may be its own source. */
async function ofProfile(walk: Walk, profile: string, name: string): Promise<Found | undefined> {
  const { context, ofSource } = walk;
  if (!context.settings.shared.profiles.has(name)) {
    throw profileIncomplete(profile, `names source_profile "${name}", which there is not`);
  }
  const own = ownOf(context, name);
  if (own.has('aws_access_key_id') || !own.has('role_arn') || own.has('web_identity_token_file')) {
    return ofSource(context, name);
  }
  return assume(walk, name);
}

async function ofKind({ context }: Walk, profile: string, kind: string): Promise<Found | undefined> {
  switch (kind) {
    case 'Environment':
      return environmentKeys(context, profile);
    case 'EcsContainer':
    case 'Ec2InstanceMetadata':
      return instanceOrContainer(context, profile);
    default:
      throw profileIncomplete(
        profile,
        'has a credential_source that is none of Environment, EcsContainer, Ec2InstanceMetadata',
      );
  }
}

async function codeFor(
  { askCode, isRenewal, signal }: SignInContext,
  profile: string,
  serial: string | undefined,
): Promise<string | undefined> {
  if (serial === undefined) return undefined;
  if (isRenewal) throw codeNeededAgain(profile);
  if (askCode === undefined) throw codeUnanswered(profile);
  const code = (await askCode(serial, signal)).trim();
  if (code === '') throw codeUnanswered(profile);
  return code;
}

function ownOf({ settings }: SignInContext, profile: string): Settings {
  return settings.shared.profiles.get(profile) ?? new Map();
}
