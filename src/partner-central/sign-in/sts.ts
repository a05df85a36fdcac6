import type { Credentials } from '../access/credentials.ts';
import { openSignedCalls, type SignedCall, type SignedCallOptions } from '../signed-calls.ts';
import { classify } from '../wire/classify.ts';
import type { HttpAnswer } from '../wire/exchange.ts';
import {
  malformed,
  requestIdOf,
  retryAfterMsOf,
  serverMsOf,
  type ReadReply,
  type Reply,
} from '../wire/read-answer.ts';
import { elementOf } from '../wire/xml-element.ts';

/** The owner of credentials, as STS says. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

/** The role to be assumed, as a profile describes it. */
export interface RoleTerms {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds?: string | undefined;
  readonly externalId?: string | undefined;
  readonly mfa?: { readonly serial: string; readonly code: string } | undefined;
}

/** Each call is one attempt; rejects only with the signal's reason. */
export interface Sts {
  /** GetCallerIdentity, the one call that any credentials may make. */
  readonly identity: (signal?: AbortSignal) => Promise<Reply<CallerIdentity>>;
  readonly assumeRole: (terms: RoleTerms, signal?: AbortSignal) => Promise<Reply<Credentials>>;
  readonly close: () => Promise<void>;
}

/** `endpoint` is STS's: see `stsEndpoint` and `roleEndpoint`. */
export type StsOptions = Omit<SignedCallOptions, 'service' | 'concurrency'>;

export function openSts(options: StsOptions): Sts {
  const calls = openSignedCalls({ ...options, service: 'sts', concurrency: 1 });
  return {
    identity: (signal) => calls.call(queryCall({ Action: 'GetCallerIdentity' }, readIdentity), { signal }),
    assumeRole: (terms, signal) => calls.call(queryCall(roleMembers(terms), readRole), { signal }),
    close: calls.close,
  };
}

type Members = Readonly<Record<string, string | undefined>>;

/** The awsQuery protocol asks with a form and answers in XML, of which few elements matter. */
function queryCall<Value>(members: Members, read: (xml: string) => Value | undefined): SignedCall<Value> {
  const { Action, ...others } = members;
  const given = Object.entries(others).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams([['Action', Action ?? ''], ['Version', '2011-06-15'], ...given]).toString(),
    changes: false,
    read: readQuery(read),
  };
}

function roleMembers({ roleArn, sessionName, durationSeconds, externalId, mfa }: RoleTerms): Members {
  return {
    Action: 'AssumeRole',
    RoleArn: roleArn,
    RoleSessionName: sessionName,
    DurationSeconds: durationSeconds,
    ExternalId: externalId,
    SerialNumber: mfa?.serial,
    TokenCode: mfa?.code,
  };
}

function readQuery<Value>(read: (xml: string) => Value | undefined): ReadReply<Value> {
  return (answer, times) => {
    const { status, headers, body } = answer;
    if (status >= 400) {
      const refusal = {
        exception: elementOf(body, 'Code'),
        message: elementOf(body, 'Message') ?? notSts(answer),
        httpStatus: status,
        requestId: requestIdOf(headers),
        serverMs: serverMsOf(headers),
        retryAfterMs: retryAfterMsOf(headers, times.answeredAtMs),
      };
      return { ok: false, fault: classify(refusal, times) };
    }
    const value = read(body);
    return value === undefined
      ? { ok: false, fault: malformed(answer, notSts(answer)) }
      : { ok: true, value };
  };
}

function notSts({ status }: HttpAnswer): string {
  return `HTTP ${status} that is not STS's answer.`;
}

function readIdentity(xml: string): CallerIdentity | undefined {
  const account = elementOf(xml, 'Account');
  const arn = elementOf(xml, 'Arn');
  return account === undefined || arn === undefined || !/^\d{12}$/.test(account)
    ? undefined
    : { account, arn };
}

function readRole(xml: string): Credentials | undefined {
  const accessKeyId = elementOf(xml, 'AccessKeyId');
  const secretAccessKey = elementOf(xml, 'SecretAccessKey');
  const sessionToken = elementOf(xml, 'SessionToken');
  const expiration = new Date(elementOf(xml, 'Expiration') ?? '');
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration.getTime())) {
    return undefined;
  }
  return { accessKeyId, secretAccessKey, sessionToken, expiration };
}
