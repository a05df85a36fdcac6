import { headerOf, type HttpRequest } from './http-message.ts';
import { frontDoorException, type ServiceException } from '../partner/service-exception.ts';

/** The parts of an `AWS4-HMAC-SHA256` Authorization header, and the time that was signed. */
export interface Authorization {
  readonly accessKeyId: string;
  /** `YYYYMMDD`, of the credential scope. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** Lower-case names, in the order they were signed in. */
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** `x-amz-date`: `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
}

type ParsedAuthorization =
  | { readonly ok: true; readonly authorization: Authorization }
  | { readonly ok: false; readonly refusal: ServiceException };

const ALGORITHM = /^AWS4-HMAC-SHA256(?:\s+|$)/;
const CREDENTIAL = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/([^/]+)$/;
const TERMINATOR = 'aws4_request';
const TIMESTAMP = /^\d{8}T\d{6}Z$/;

/** No refusal repeats what was in the header. */
export function parseAuthorization(request: HttpRequest): ParsedAuthorization {
  const header = headerOf(request, 'authorization');
  if (header === undefined) {
    return refuse('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (!ALGORITHM.test(header)) {
    return incomplete('Authorization header requires the algorithm AWS4-HMAC-SHA256.');
  }
  const fields = new Map(
    header
      .replace(ALGORITHM, '')
      .split(',')
      .map((field) => splitOnce(field.trim())),
  );
  const timestamp = headerOf(request, 'x-amz-date') ?? '';
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter((name) => !fields.get(name));
  if (missing.length > 0 || !TIMESTAMP.test(timestamp)) return incomplete(missingParts(missing, timestamp));

  const credential = CREDENTIAL.exec(fields.get('Credential') ?? '');
  if (credential === null) {
    return incomplete(
      'Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.',
    );
  }
  const [, accessKeyId = '', date = '', region = '', service = '', terminator = ''] = credential;
  if (terminator !== TERMINATOR) {
    return refuse(
      'InvalidSignatureException',
      `Credential should be scoped with a valid terminator: '${TERMINATOR}'.`,
    );
  }
  const signedHeaders = (fields.get('SignedHeaders') ?? '').split(';');
  const unsigned = mustBeSigned(request).find((name) => !signedHeaders.includes(name));
  if (unsigned !== undefined) {
    return refuse(
      'InvalidSignatureException',
      `'${unsigned}' must be a 'SignedHeader' in the AWS Authorization.`,
    );
  }
  const signature = fields.get('Signature') ?? '';
  return {
    ok: true,
    authorization: { accessKeyId, date, region, service, signedHeaders, signature, timestamp },
  };
}

function splitOnce(field: string): [string, string] {
  const equals = field.indexOf('=');
  return [field.slice(0, equals), field.slice(equals + 1)];
}

function missingParts(missing: readonly string[], timestamp: string): string {
  const sentences = missing.map((name) => `Authorization header requires '${name}' parameter.`);
  if (!TIMESTAMP.test(timestamp)) {
    sentences.push(
      `Authorization header requires existence of a 'X-Amz-Date' header in the form YYYYMMDDTHHMMSSZ.`,
    );
  }
  return sentences.join(' ');
}

/** "The host header, content-type if the request has one, and any x-amz-* headers": the user guide's rule. */
function mustBeSigned(request: HttpRequest): string[] {
  const present = Object.keys(request.headers);
  return ['host', ...present.filter((name) => name === 'content-type' || name.startsWith('x-amz-'))];
}

function incomplete(message: string): ParsedAuthorization {
  return refuse('IncompleteSignatureException', message);
}

function refuse(name: string, message: string): ParsedAuthorization {
  return { ok: false, refusal: frontDoorException(name, message) };
}
