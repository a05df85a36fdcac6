import type { Credentials } from '../access/credentials.ts';
import type { SharedFile } from '../access/shared-config.ts';
import { sdkProviders } from './sdk-providers.ts';
import type { Found, Source } from './sign-in-context.ts';
import { keysIncomplete } from './sign-in-errors.ts';

/** Those of AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
export const environmentKeys: Source = async ({ settings: { env } }) => {
  const accessKeyId = env['AWS_ACCESS_KEY_ID'];
  const secretAccessKey = env['AWS_SECRET_ACCESS_KEY'];
  if (!accessKeyId) return undefined;
  if (!secretAccessKey) throw keysIncomplete('AWS_SECRET_ACCESS_KEY');
  const sessionToken = env['AWS_SESSION_TOKEN'] || env['AWS_SECURITY_TOKEN'];
  const ends = new Date(env['AWS_CREDENTIAL_EXPIRATION'] ?? '');
  const expiration = Number.isNaN(ends.getTime()) ? undefined : ends;
  return {
    origin: 'the environment (AWS_ACCESS_KEY_ID)',
    credentials: {
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
      ...(expiration && { expiration }),
    },
    // Nobody changes the variables of a process that runs.
    signIn: { endsAtMs: expiration?.getTime(), mayReturn: false },
  };
};

/** The keys that stand in a shared file themselves. */
export function keysOf({ profiles, path }: SharedFile, profile: string): Found | undefined {
  const own = profiles.get(profile);
  const accessKeyId = own?.get('aws_access_key_id');
  const secretAccessKey = own?.get('aws_secret_access_key');
  if (accessKeyId === undefined) return undefined;
  if (secretAccessKey === undefined) {
    throw keysIncomplete(`aws_secret_access_key of profile "${profile}" in ${path}`);
  }
  const sessionToken = own?.get('aws_session_token') ?? own?.get('aws_security_token');
  const credentials: Credentials = {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
  };
  return { credentials, origin: `the access key of profile "${profile}" in ${path}` };
}

/** The metadata services, which are asked directly: they are on this machine or next to it. */
export const instanceOrContainer: Source = async (context) => {
  const { env } = context.settings;
  const { container, instance } = await sdkProviders(context);
  if (env['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'] || env['AWS_CONTAINER_CREDENTIALS_FULL_URI']) {
    return { credentials: await container(), origin: 'the container (AWS_CONTAINER_CREDENTIALS_…)' };
  }
  if (!['', 'false'].includes(env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() ?? '')) return undefined;
  // Off EC2 nobody answers there.
  const credentials = await instance().catch(() => undefined);
  return credentials && { credentials, origin: 'the EC2 instance' };
};
