import type { OpportunitySnapshot, Write, WriteOperation } from '../../../src/model/call.ts';
import type { JudgeOptions } from '../../../src/calls/look/judge-write.ts';
import type { EntityType } from '../../../src/model/entity.ts';
import { association } from '../../emulator/associations.ts';

/** Options that ask for nothing in particular. */
export const NO_OPTIONS: JudgeOptions = { protectLast: false, skipLocked: false, provenIds: false };

/** `disassociate('O1', 'Solutions', 'S-0000001')`. */
export function disassociate(opportunityId: string, type: EntityType, id: string): Write {
  return write('DisassociateOpportunity', opportunityId, type, id);
}

export function associate(opportunityId: string, type: EntityType, id: string): Write {
  return write('AssociateOpportunity', opportunityId, type, id);
}

/** An opportunity that holds these solutions. */
export function solutions(...ids: readonly string[]): OpportunitySnapshot {
  return { entities: { Solutions: ids } };
}

function write(operation: WriteOperation, opportunityId: string, type: EntityType, id: string): Write {
  return { operation, association: association(opportunityId, type, id) };
}
