import type { JsonObject } from '../partner/json-object.ts';
import { roleOwner, type KeyOwner } from '../partner/key-ring.ts';
import type { OperationResult, PartnerState } from '../partner/partner-state.ts';
import type { RoleSession } from '../partner/roles.ts';
import { frontDoorException } from '../partner/service-exception.ts';

const ROLE = /^arn:([\w-]+):iam::(\d{12}):role\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]{1,64})$/;
const SESSION = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const SECONDS = { least: 900, usual: 3_600, most: 43_200 };

/** Gives anybody the keys of any role; of one that demands an external id, whoever knows it. The refusals are in AWS's words. */
export function assumeRole(
  { roles }: Pick<PartnerState, 'roles'>,
  body: JsonObject,
  caller: KeyOwner,
  nowMs: number,
): OperationResult {
  const asked = readAsked(body);
  if (typeof asked === 'string') return refused('ValidationError', asked, 400);
  const { roleArn, sessionArn, externalId, seconds } = asked;
  if (caller.endsAtMs !== undefined && seconds > SECONDS.usual)
    return refused('ValidationError', CHAINED, 400);
  if (!roles.trusts(roleArn, externalId)) {
    const words = `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
    return refused('AccessDenied', words, 403);
  }
  const session = { arn: sessionArn, endsAtMs: Math.floor(nowMs / 1_000 + seconds) * 1_000 };
  return { ok: true, output: outputOf(roles, session), changed: false };
}

const CHAINED =
  'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';

interface Asked {
  readonly roleArn: string;
  /** Of the session that is asked for. */
  readonly sessionArn: string;
  readonly externalId: string | undefined;
  readonly seconds: number;
}

/** Or what is wrong with it. */
function readAsked({ RoleArn, RoleSessionName, ExternalId, DurationSeconds }: JsonObject): Asked | string {
  const roleArn = textOf(RoleArn);
  const name = textOf(RoleSessionName);
  const externalId = ExternalId === undefined ? undefined : textOf(ExternalId);
  const seconds = DurationSeconds === undefined ? SECONDS.usual : Number(DurationSeconds);
  const [, partition, account, role] = ROLE.exec(roleArn) ?? [];
  if (role === undefined) return `${roleArn} is invalid`;
  if (!SESSION.test(name)) return unlike('roleSessionName', name, pattern(SESSION));
  if (externalId !== undefined && !EXTERNAL_ID.test(externalId))
    return unlike('externalId', externalId, pattern(EXTERNAL_ID));
  if (!(seconds >= SECONDS.least && seconds <= SECONDS.most)) {
    const { least, most } = SECONDS;
    return unlike('durationSeconds', textOf(DurationSeconds), `have value between ${least} and ${most}`);
  }
  return {
    roleArn,
    sessionArn: `arn:${partition}:sts::${account}:assumed-role/${role}/${name}`,
    externalId,
    seconds,
  };
}

function textOf(member: unknown): string {
  return typeof member === 'string' ? member : '';
}

function pattern({ source }: RegExp): string {
  return `satisfy regular expression pattern: ${source}`;
}

function unlike(member: string, value: string, must: string): string {
  return `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${must}`;
}

function refused(name: string, message: string, status: number): OperationResult {
  return { ok: false, exception: frontDoorException(name, message, status) };
}

function outputOf(roles: PartnerState['roles'], session: RoleSession): object {
  const { accessKeyId, secretAccessKey, sessionToken } = roles.keysOf(session);
  return {
    AssumedRoleUser: { AssumedRoleId: roleOwner(session.arn).userId, Arn: session.arn },
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(session.endsAtMs).toISOString().replace('.000Z', 'Z'),
    },
  };
}
