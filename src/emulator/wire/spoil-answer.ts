import { assertNever } from '../../model/fault.ts';
import type { InjectedFault } from '../faults/fault-plan.ts';
import type { HttpAnswer, HttpReply } from './http-message.ts';

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
