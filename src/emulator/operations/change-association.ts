import { attaches, type WriteOperation } from '../../model/call.ts';
import { isEntityType, sameEntityId, type EntityType } from '../../model/entity.ts';
import {
  ENTITY_TYPE_RULES,
  isNeeded,
  typesSharingLast,
  typesSharingPlace,
} from '../../model/entity-types.ts';
import { assertNever } from '../../model/fault.ts';
import type { EntityList } from '../partner/association-store.ts';
import { CHANGE_RULES } from './operation-rules.ts';
import type { OperationResult, PartnerState } from '../partner/partner-state.ts';
import type { Solution } from '../partner/solution.ts';
import type { JsonObject } from '../partner/json-object.ts';
import { readStrings } from './request-members.ts';
import { businessInvalid, resourceNotFound, type ServiceException } from '../partner/service-exception.ts';

interface Change {
  readonly opportunityId: string;
  readonly type: EntityType;
  readonly entityId: string;
}

/** AssociateOpportunity and DisassociateOpportunity, at `atMs` of the monotonic clock. */
export function changeAssociation(
  state: PartnerState,
  operation: WriteOperation,
  body: JsonObject,
  atMs: number,
): OperationResult {
  const checked = readChange(state, body);
  if (!checked.ok) return checked;
  return attaches(operation) ? attach(state, checked.change, atMs) : detach(state, checked.change, atMs);
}

function attach(state: PartnerState, change: Change, atMs: number): OperationResult {
  const { opportunityId, type, entityId } = change;
  const { store } = state;
  if (store.findHeld(opportunityId, type, entityId) !== undefined) return UNCHANGED;
  const refusal = notActive(state.solutions, change) ?? tooMany(store.entitiesOf(opportunityId) ?? [], type);
  if (refusal !== undefined) return { ok: false, exception: refusal };
  state.lagged.beforeChange(opportunityId, atMs);
  store.attach(opportunityId, type, entityId);
  return CHANGED;
}

function detach(state: PartnerState, change: Change, atMs: number): OperationResult {
  const { opportunityId, type, entityId } = change;
  const { store, readings } = state;
  const heldAs = store.findHeld(opportunityId, type, entityId);
  if (heldAs === undefined) return answerAbsent(state, change);
  if (readings.keepLastSolution && isLastSolution(state, change)) {
    return { ok: false, exception: lastSolution(type) };
  }
  state.lagged.beforeChange(opportunityId, atMs);
  store.detach(opportunityId, type, heldAs);
  return CHANGED;
}

const UNCHANGED: OperationResult = { ok: true, output: {}, changed: false };
const CHANGED: OperationResult = { ok: true, output: {}, changed: true };

type CheckedChange =
  | { readonly ok: true; readonly change: Change }
  | (OperationResult & { readonly ok: false });

/** The checks that both operations share, in the order of readings.ts. */
function readChange(state: PartnerState, body: JsonObject): CheckedChange {
  const members = readStrings(body, CHANGE_RULES);
  if (!members.ok) return { ok: false, exception: members.refusal };
  const opportunityId = members.value.OpportunityIdentifier;
  const type = members.value.RelatedEntityType;
  const entityId = members.value.RelatedEntityIdentifier;
  // The rules admit the six types alone: only the compiler needs telling.
  if (!isEntityType(type) || !state.store.hasOpportunity(opportunityId)) {
    return { ok: false, exception: resourceNotFound(`Opportunity ${opportunityId} not found.`) };
  }
  const { reviewStatus } = state.details.of(opportunityId);
  if (state.readings.lockReview.includes(reviewStatus)) {
    return { ok: false, exception: locked(reviewStatus) };
  }
  return { ok: true, change: { opportunityId, type, entityId } };
}

function answerAbsent(state: PartnerState, { opportunityId, type, entityId }: Change): OperationResult {
  switch (state.readings.absent) {
    case 'ok':
      return UNCHANGED;
    case 'not-found': {
      const message = `${type} ${entityId} is not associated with opportunity ${opportunityId}.`;
      return { ok: false, exception: resourceNotFound(message) };
    }
    case 'validation':
      return {
        ok: false,
        exception: businessInvalid({
          FieldName: 'RelatedEntityIdentifier',
          Message: 'The related entity is not associated with the opportunity.',
          Code: 'INVALID_RESOURCE_STATE',
        }),
      };
    default:
      return assertNever(state.readings.absent);
  }
}

function locked(reviewStatus: string): ServiceException {
  return businessInvalid({
    FieldName: 'OpportunityIdentifier',
    Message: `The opportunity can't be changed while its review status is ${reviewStatus}.`,
    Code: 'ACTION_NOT_PERMITTED',
  });
}

/** Refuses solutions that the list has as Draft or Inactive, by either form; whatever it doesn't have is taken. */
function notActive(solutions: readonly Solution[], { entityId }: Change): ServiceException | undefined {
  const listed = solutions.find(
    ({ id, marketplaceArn }) =>
      id === entityId || (marketplaceArn !== undefined && sameEntityId(marketplaceArn, entityId)),
  );
  if (listed === undefined || listed.status === 'Active') return undefined;
  return businessInvalid({
    FieldName: 'RelatedEntityIdentifier',
    Message: `${entityId} can't be associated: its status is ${listed.status}.`,
    Code: 'INVALID_RESOURCE_STATE',
  });
}

function tooMany(held: EntityList, type: EntityType): ServiceException | undefined {
  const sharing = typesSharingPlace(type);
  const { most } = ENTITY_TYPE_RULES[type];
  if (held.filter((entity) => sharing.includes(entity.type)).length < most) return undefined;
  return businessInvalid({
    FieldName: 'RelatedEntityIdentifier',
    Message: `An opportunity has at most ${most} of ${sharing.join(' and ')}.`,
    Code: 'TOO_MANY_VALUES',
  });
}

/** Stages in which an opportunity needs a solution, a Marketplace solution or a Marketplace product. */
const STAGES_WITH_SOLUTION: readonly string[] = ['Committed', 'Launched'];

function isLastSolution({ store, details }: PartnerState, { opportunityId, type }: Change): boolean {
  if (!isNeeded(type) || !STAGES_WITH_SOLUTION.includes(details.of(opportunityId).stage)) return false;
  const counted = typesSharingLast(type);
  const held = store.entitiesOf(opportunityId) ?? [];
  return held.filter((entity) => counted.includes(entity.type)).length === 1;
}

function lastSolution(type: EntityType): ServiceException {
  return businessInvalid({
    FieldName: type,
    Message: 'An opportunity needs at least one solution. Associate another before removing the last.',
    Code: 'NOT_ENOUGH_VALUES',
  });
}
