import { assertNever } from '../../model/fault.ts';
import type { InjectedFault } from './fault-plan.ts';
import type { HttpAnswer, HttpReply } from '../wire/http-message.ts';
import {
  accessDenied,
  businessInvalid,
  frontDoorException,
  INTERNAL_ERROR,
  THROTTLED,
  type ServiceException,
} from '../partner/service-exception.ts';

/** The exception a fault is answered with; undefined where it spoils the answer itself. */
export function exceptionOf(fault: InjectedFault): ServiceException | undefined {
  return EXCEPTIONS[fault];
}

const EXCEPTIONS: Readonly<Partial<Record<InjectedFault, ServiceException>>> = {
  throttle: THROTTLED,
  error: INTERNAL_ERROR,
  'error-after': INTERNAL_ERROR,
  denied: accessDenied('User is not authorized to perform this partnercentral action with an explicit deny.'),
  expired: frontDoorException(
    'ExpiredTokenException',
    'The security token included in the request is expired',
  ),
  // All that breaks a CSV written carelessly, and a spreadsheet that trusts it.
  validation: {
    ...businessInvalid({
      FieldName: 'RelatedEntityIdentifier',
      Message: `=cmd|' /C calc'!A0, "quoted", and\r\na second line`,
      Code: 'INVALID_VALUE',
    }),
    message: '=HYPERLINK("https://example.com","see, here")\nnot allowed',
  },
  'unknown-exception': {
    name: 'BrandNewException',
    message: 'No model knows me.',
    traitStatus: 400,
    origin: 'service',
  },
};

/** What the client sees of `answer` under `fault`. */
export function replyUnder(fault: InjectedFault | undefined, answer: HttpAnswer): HttpReply {
  switch (fault) {
    case 'reset':
    case 'reset-after':
      return { kind: 'reset' };
    case 'hang':
    case 'hang-after':
      return { kind: 'silence' };
    case 'unavailable':
      return page(503, 'Service Unavailable');
    case 'html':
      return page(200, 'Sign in to this network');
    case 'garbage':
      return { ...answer, status: 200, body: '{"RelatedEntityIdentifiers": {"Solu\u0000' };
    case 'no-request-id': {
      const { 'x-amzn-requestid': _, ...headers } = answer.headers;
      return { ...answer, headers };
    }
    case undefined:
    case 'throttle':
    case 'error':
    case 'error-after':
    case 'denied':
    case 'expired':
    case 'validation':
    case 'unknown-exception':
      return answer;
    default:
      return assertNever(fault);
  }
}

/** A page of something between the client and the service, which knows nothing of request ids. */
function page(status: number, title: string): HttpAnswer {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { kind: 'answer', status, headers: { 'content-type': 'text/html' }, body };
}
