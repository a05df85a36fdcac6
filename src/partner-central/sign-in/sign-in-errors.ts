import { oneLine, type Fault } from '../../model/fault.ts';
import { RunError } from '../../model/run-error.ts';

export type LoginCommand = 'aws login' | 'aws sso login';

/** No source of AWS's chain has any. */
export function noCredentials(profile: string | undefined, said?: string): RunError {
  const words = said === undefined ? '' : ` AWS's own words: ${said}`;
  return new RunError('credentials_missing', `No AWS credentials were found ${ofProfile(profile)}.${words}`, {
    code: 'find_credentials',
    profile,
  });
}

export function signInEnded(profile: string | undefined, command: LoginCommand): RunError {
  return new RunError('credentials_expired', `The AWS sign-in ${ofProfile(profile)} has expired.`, {
    code: 'sign_in',
    command,
    profile,
  });
}

/** The helper gave nothing now, and may later: its vault is down, or it waits for a sign-in. `how` as below. */
export function helperFailed(profile: string, how: string): RunError {
  return new RunError('credentials_refused', `The credential_process of profile "${profile}" ${how}.`, {
    code: 'try_helper',
  });
}

/** The helper can't work as it stands. `how` completes a sentence; it holds none of the helper's own words. */
export function helperUnusable(profile: string, how: string): RunError {
  return new RunError('credentials_missing', `The credential_process of profile "${profile}" ${how}.`, {
    code: 'mend_helper',
  });
}

export function profileIncomplete(profile: string, why: string): RunError {
  return new RunError('credentials_missing', `Profile "${profile}" ${why}.`, { code: 'mend_profile' });
}

export function keysIncomplete(missing: string): RunError {
  return new RunError('credentials_missing', `One half of an access key is there, but ${missing} is not.`, {
    code: 'mend_keys',
  });
}

export function keyGarbled(which: string, origin: string): RunError {
  return new RunError(
    'credentials_missing',
    `The ${which} of ${origin} holds a line break, a space or another character that none has.`,
    { code: 'mend_keys' },
  );
}

/** There is nobody to ask for the code, or nobody gave one. */
export function codeUnanswered(profile: string): RunError {
  return new RunError(
    'credentials_missing',
    `Profile "${profile}" needs a code of its MFA device, and none was given.`,
    { code: 'export_credentials', profile },
  );
}

/** The session that a code began has ended, and a run under way asks nobody. */
export function codeNeededAgain(profile: string): RunError {
  return new RunError(
    'credentials_expired',
    `The session of profile "${profile}" has ended, and a new one needs a code of its MFA device.`,
    { code: 'run_again_for_code' },
  );
}

export function roleRefused(role: string, fault: Fault): RunError {
  return new RunError('access_denied', `The role ${role} was refused: ${oneLine(fault)}`, {
    code: 'allow_role',
  });
}

export function notGranted(profile: string): RunError {
  return new RunError(
    'access_denied',
    `Single sign-on grants the account and role of profile "${profile}" to nobody who is signed in.`,
    { code: 'allow_role' },
  );
}

/** A fault that did not pass while it was waited for. */
export function signInUnreachable(fault: Fault): RunError {
  return new RunError('service_unreachable', `AWS could not be asked for credentials: ${oneLine(fault)}`);
}

function ofProfile(profile: string | undefined): string {
  return profile === undefined ? "in AWS's default chain" : `for profile "${profile}"`;
}
