import type { Fault } from '../../../model/fault.ts';
import { span } from '../amounts.ts';

/** The service gives no usable answer; `waitMs` is undefined where it never gave one. */
export function outageWords({ kind, exception, message }: Fault, waitMs: number | undefined): string {
  const detail = message.replaceAll(/\s+/g, ' ').trim() || exception;
  const what = /[.!?]$/.test(detail) ? detail : `${detail}.`;
  const isDenied = kind === 'denied';
  const then =
    waitMs === undefined
      ? 'It is asked a few times more.'
      : `No call leaves until it ${isDenied ? 'is granted again' : 'answers'}; it is asked again now and then, for ${span(waitMs)} at most.`;
  return `${isDenied ? 'Access, granted before, is denied' : 'No usable answer from the service'}: ${what} ${then}\n`;
}

export function outageOverWords(lastedMs: number): string {
  return `The service answers again after ${span(lastedMs)}: going on.\n`;
}
