import type { Fault } from '../model/fault.ts';
import { classify, type RequestTimes } from './wire/classify.ts';
import type { HttpAnswer } from './wire/exchange.ts';
import { malformed, requestIdOf, retryAfterMsOf, serverMsOf, type Reply } from './wire/read-answer.ts';
import { openSignedCalls, type SignedCall, type SignedCallOptions } from './signed-calls.ts';

/** Who the credentials belong to, as STS says. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

export type IdentityAnswer =
  | { readonly ok: true; readonly identity: CallerIdentity }
  | { readonly ok: false; readonly fault: Fault };

/** `endpoint` is STS's: see `stsEndpoint`. */
export type IdentityOptions = Omit<SignedCallOptions, 'service' | 'concurrency'>;

/** Asks STS GetCallerIdentity, the one call that any credentials may make. */
export async function callerIdentity(
  options: IdentityOptions,
  signal?: AbortSignal,
): Promise<IdentityAnswer> {
  const calls = openSignedCalls({ ...options, service: 'sts', concurrency: 1 });
  try {
    const reply = await calls.call(IDENTITY_CALL, signal);
    return reply.ok ? { ok: true, identity: reply.value } : reply;
  } finally {
    await calls.close();
  }
}

const IDENTITY_CALL: SignedCall<CallerIdentity> = {
  headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  body: 'Action=GetCallerIdentity&Version=2011-06-15',
  changes: false,
  read: readIdentity,
};

/** The awsQuery protocol answers in XML, of which four elements matter, each with text alone inside. */
function readIdentity(answer: HttpAnswer, times: RequestTimes): Reply<CallerIdentity> {
  const { status, headers, body } = answer;
  if (status >= 400) {
    const refusal = {
      exception: elementOf(body, 'Code'),
      message: elementOf(body, 'Message') ?? `HTTP ${status} that is not STS's answer.`,
      httpStatus: status,
      requestId: requestIdOf(headers),
      serverMs: serverMsOf(headers),
      retryAfterMs: retryAfterMsOf(headers, times.answeredAtMs),
    };
    return { ok: false, fault: classify(refusal, times) };
  }
  const account = elementOf(body, 'Account');
  const arn = elementOf(body, 'Arn');
  if (account === undefined || arn === undefined || !/^\d{12}$/.test(account)) {
    return { ok: false, fault: malformed(answer, `HTTP ${status} that is not STS's answer.`) };
  }
  return { ok: true, value: { account, arn } };
}

function elementOf(xml: string, name: string): string | undefined {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => XML_ENTITIES[entity] ?? entity);
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};
