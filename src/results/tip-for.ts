import { assertNever, LAST_REMAINING, NEAR_MISS, type Fault } from '../model/fault.ts';

/** The next step about a fault, in a sentence for the person who reads the results. */
export function tipFor(fault: Fault): string {
  switch (fault.kind) {
    case 'throttled':
      return 'The quota was used up, perhaps by another tool of the same account: run the failed rows again later.';
    case 'server':
      return 'The service failed on its side on every attempt: run the failed rows again later.';
    case 'unreachable':
      return 'The service could not be reached: check the network and the endpoint, then run the failed rows again.';
    case 'broken':
    case 'timeout':
    case 'malformed':
      return 'No usable answer on any attempt, and a read shows it was not done: run the failed rows again.';
    case 'denied':
      return 'Ask for partnercentral:DisassociateOpportunity on this catalog, and check that the opportunity is your account’s.';
    case 'credentials':
      return 'Sign in again, then run the failed rows again.';
    case 'clock':
      return 'Set this machine’s clock, then run the failed rows again.';
    case 'refused':
      return tipForRefusal(fault);
    default:
      return assertNever(fault.kind);
  }
}

function tipForRefusal(fault: Fault): string {
  if (fault.exception === 'ResourceNotFoundException') {
    return 'Check the opportunity identifier and the catalog: the service does not know this opportunity.';
  }
  if (fault.exception === LAST_REMAINING) {
    return 'Attach another entity of this type first, or run without the option protect-last.';
  }
  if (fault.exception === NEAR_MISS) {
    return 'Nothing was sent. If that was meant, write it as it is held, in your own column and in ours; then run the failed rows again.';
  }
  if (/ACTION_NOT_PERMITTED|INVALID_RESOURCE_STATE/.test(fault.message)) {
    return 'The opportunity does not admit this change now: see its review status and stage in Partner Central.';
  }
  if (fault.exception === 'ValidationException') {
    return 'The service refused the values: correct the row by its message, then run it again.';
  }
  return 'The service refused this row for the reason in its message; it was not done.';
}
