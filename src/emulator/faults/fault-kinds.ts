/** One kind of fault. */
export interface FaultKind {
  /**
   * `before`: in place of the service, nothing is changed; `after`: the service has done what was asked, and its answer
   * is spoilt.
   */
  readonly moment: 'before' | 'after';
  /** Whether the service sees the call, so that it takes from the quota. */
  readonly takesQuota: boolean;
  /** For a list of the kinds: what the client meets. */
  readonly meets: string;
}

/** The kinds by name; `-after` ones befall calls that were done. */
export type InjectedFault =
  | 'throttle'
  | 'retry-after'
  | 'too-many-requests'
  | 'error'
  | 'error-after'
  | 'unavailable'
  | 'html'
  | 'forbidden'
  | 'empty'
  | 'blocked'
  | 'reset'
  | 'reset-after'
  | 'hang'
  | 'hang-after'
  | 'garbage'
  | 'no-request-id'
  | 'type-in-200'
  | 'output-type-in-200'
  | 'code-in-200'
  | 'errortype-in-200'
  | 'denied'
  | 'expired'
  | 'validation'
  | 'unknown-exception'
  | 'bad-token'
  | 'gzip'
  | 'deflate'
  | 'br'
  | 'continue'
  | 'early-hints';

const BEFORE = { moment: 'before', takesQuota: true } as const;
const AFTER = { moment: 'after', takesQuota: true } as const;
const UNCOUNTED = { moment: 'before', takesQuota: false } as const;

/** The faults that can befall a call. */
export const FAULT_KINDS: Readonly<Record<InjectedFault, FaultKind>> = {
  throttle: { ...UNCOUNTED, meets: 'ThrottlingException' },
  'retry-after': { ...UNCOUNTED, meets: 'ThrottlingException with Retry-After: 1' },
  'too-many-requests': { ...UNCOUNTED, meets: 'status 429 that names no exception' },
  error: { ...BEFORE, meets: 'InternalServerException, nothing done' },
  'error-after': { ...AFTER, meets: 'InternalServerException, though done' },
  // Somebody in the service's place.
  unavailable: { ...BEFORE, meets: 'a page of HTML with status 503, as of a proxy' },
  html: { ...BEFORE, meets: 'a page of HTML with status 200, as of a captive portal' },
  forbidden: { ...BEFORE, meets: 'a page of HTML with status 403, as of a proxy' },
  empty: { ...BEFORE, meets: 'status 200 with neither body nor request id' },
  blocked: { ...BEFORE, meets: 'status 200 with {"status":"blocked"}' },
  reset: { ...BEFORE, meets: 'a broken connection, nothing done' },
  'reset-after': { ...AFTER, meets: 'a broken connection, though done' },
  hang: { ...BEFORE, meets: 'silence, nothing done' },
  'hang-after': { ...AFTER, meets: 'silence, though done' },
  garbage: { ...AFTER, meets: 'status 200 with a body that is not JSON' },
  'no-request-id': { ...AFTER, meets: 'the answer without x-amzn-requestid' },
  // A success by its status that names an error in each of the places for it.
  'type-in-200': { ...BEFORE, meets: 'status 200 with an exception in __type' },
  'output-type-in-200': { ...BEFORE, meets: 'status 200 with an exception in Output.__type' },
  'code-in-200': { ...BEFORE, meets: 'status 200 with an exception in code' },
  'errortype-in-200': { ...BEFORE, meets: 'status 200 with an exception in x-amzn-errortype' },
  denied: { ...BEFORE, meets: 'AccessDeniedException' },
  expired: { ...BEFORE, meets: 'ExpiredTokenException' },
  // All that breaks a CSV written carelessly, and a spreadsheet that trusts it.
  validation: { ...BEFORE, meets: 'ValidationException with commas, quotes, line ends and a formula' },
  'unknown-exception': { ...BEFORE, meets: 'an exception that no model knows' },
  'bad-token': {
    ...BEFORE,
    meets: 'ValidationException for the NextToken of a list; other calls are spared',
  },
  // The service's own answer, on an unusual way.
  gzip: { ...AFTER, meets: 'the answer, gzip-encoded' },
  deflate: { ...AFTER, meets: 'the answer, deflate-encoded' },
  br: { ...AFTER, meets: 'the answer, brotli-encoded' },
  continue: { ...AFTER, meets: 'status 100 before the answer' },
  'early-hints': { ...AFTER, meets: 'status 103 before the answer' },
};

export function isInjectedFault(text: string): text is InjectedFault {
  return Object.hasOwn(FAULT_KINDS, text);
}
