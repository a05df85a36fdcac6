import { attaches, WRITES } from '../model/call.ts';
import {
  assertNever,
  LAST_REMAINING,
  NEAR_MISS,
  NO_PLACE,
  REPLACEMENT_GONE,
  REPLACEMENT_LOST,
  type Fault,
} from '../model/fault.ts';
import type { FailedWrite } from '../model/outcome.ts';
import type { Problem } from '../model/problem.ts';
import { IN_BOTH, WRITE_BOTH } from './later-sentences.ts';

/** The call that met a fault: a write, or a read that came before any; `undefined` where nobody noted it. */
type FailedCall = FailedWrite | 'read' | undefined;

/** The next step about a row that was refused. */
export function tipForProblems([{ kind }]: readonly [Problem, ...Problem[]]): string {
  switch (kind) {
    case 'row_edited':
      return 'Nothing was sent. Write what is meant in both columns, then run these results again with the option only invalid; to leave it alone, delete the line.';
    case 'status_unknown':
      return 'Nothing was sent. If the row is meant, write failed in the column status and run these results again with the option only failed.';
    case 'replacement_wanted':
      return 'Nothing was sent. Give the option replace-map or the option replace-with, or write its replacement into the column replacement_id, then run these results again with the option only invalid.';
    default:
      return 'Nothing was sent. Correct the row in your own columns, then run these results again with the option only invalid.';
  }
}

/** The next step about a fault, in a sentence for the person who reads the results. */
export function tipFor(fault: Fault, call?: FailedCall): string {
  switch (fault.kind) {
    case 'throttled':
      return 'The quota was used up, perhaps by another tool of the same account: run the failed rows again later.';
    case 'server':
      return 'The service failed on its side on every attempt: run the failed rows again later, and check their identifiers where that does not help.';
    case 'unreachable':
      return 'The service could not be reached: check the network and the endpoint, then run the failed rows again.';
    case 'broken':
    case 'timeout':
    case 'malformed':
      return 'No usable answer on any attempt, and a read shows it was not done: run the failed rows again.';
    case 'denied':
      return tipForDenial(call);
    case 'credentials':
      return 'Sign in again, then run the failed rows again.';
    case 'clock':
      return 'Set this machine’s clock, then run the failed rows again.';
    case 'refused':
      return tipForRefusal(fault, call);
    default:
      return assertNever(fault.kind);
  }
}

function tipForDenial(call: FailedCall): string {
  const ask = `Ask for ${actionOf(call)} on this catalog`;
  return isSeen(call)
    ? `${ask}: the opportunity could be read, so that the permission to change it is what is missing.`
    : `${ask}, and check that the opportunity is your account’s.`;
}

/** The IAM action of the call; that of the main job where nobody noted which it was. */
function actionOf(call: FailedCall): string {
  if (call === 'read') return 'partnercentral:GetOpportunity';
  return WRITES[call?.operation ?? 'DisassociateOpportunity'].iamAction;
}

function tipForRefusal(fault: Fault, call: FailedCall): string {
  const { exception, message } = fault;
  if (exception === 'ResourceNotFoundException') return tipForNotFound(call);
  if (exception === LAST_REMAINING) {
    return 'Attach another entity of this type first, or run without the option protect-last.';
  }
  if (exception === NEAR_MISS) {
    return `Nothing was sent. If that was meant, write it as it is held, ${IN_BOTH}; then run the failed rows again.`;
  }
  if (exception === REPLACEMENT_LOST) {
    return 'Attach the old one again before anything else: undo of this run does it, and so does Partner Central.';
  }
  if (exception === REPLACEMENT_GONE) {
    return 'Find out who took the new one away, an undo of this run perhaps; to replace the old one all the same, run the failed rows again.';
  }
  if (exception === NO_PLACE) {
    return 'Nothing was sent. Remove something of its kind first, in a row above or in Partner Central, or where its message names the option detach-first, give that; then run the failed rows again.';
  }
  if (/INVALID_RESOURCE_STATE/.test(message) && concernsEntity(message, call)) {
    return 'The status of what was to be attached does not admit it: it has to be Active, not Draft or Inactive. Activate it in Partner Central, or name another; then run the failed rows again.';
  }
  if (/ACTION_NOT_PERMITTED|INVALID_RESOURCE_STATE/.test(message)) {
    return 'The opportunity does not admit this change now: see its review status and stage in Partner Central.';
  }
  if (exception === 'ValidationException') return tipForValidation(message, call);
  return 'The service refused this row for the reason in its message; it was not done.';
}

/** The service names the field; what is to be attached may be no more than a draft. */
function concernsEntity(message: string, call: FailedCall): boolean {
  return isWrite(call) && attaches(call.operation) && !message.includes('OpportunityIdentifier');
}

/** Of an attachment the service may miss the one or the other; that a read showed the opportunity tells which. */
function tipForNotFound(call: FailedCall): string {
  if (!isWrite(call) || (!call.opportunitySeen && !attaches(call.operation))) {
    return `Check the opportunity identifier and the catalog: the service does not know this opportunity.${WRITE_BOTH}`;
  }
  if (!attaches(call.operation)) {
    return 'A read shows that it is associated, and yet the service did not find it: run the failed rows again later.';
  }
  return call.opportunitySeen
    ? `The opportunity is known, and what was to be attached is not: check its identifier, its type and the catalog.${WRITE_BOTH}`
    : `Check both identifiers and the catalog: the service knows either not the opportunity or not what was to be attached.${WRITE_BOTH}`;
}

function tipForValidation(message: string, call: FailedCall): string {
  if (message.includes('TOO_MANY_VALUES')) {
    return 'The opportunity has no room for it: remove another of its kind first, then run the failed rows again.';
  }
  if (message.includes('NOT_ENOUGH_VALUES')) {
    return 'The opportunity needs one of its kind: attach another first, then run the failed rows again.';
  }
  return isWrite(call) && attaches(call.operation)
    ? `The service refused to attach it: correct the row by its message, and check that the entity is active (drafts and inactive ones are refused).${WRITE_BOTH}`
    : `The service refused the values: correct the row by its message, then run it again.${WRITE_BOTH}`;
}

function isWrite(call: FailedCall): call is FailedWrite {
  return call !== undefined && call !== 'read';
}

function isSeen(call: FailedCall): boolean {
  return isWrite(call) && call.opportunitySeen;
}
