import { rowKey } from '../../src/model/row.ts';
import type { WriteOperation } from '../../src/model/call.ts';
import type { RowOutcome } from '../../src/model/outcome.ts';
import { type Clearance } from '../../src/calls/look/preflight.ts';
import type { DetachFirstPart } from '../../src/store/journal-line.ts';
import type { EarlierTries } from '../../src/store/journal-state.ts';
import { writesFor } from '../../src/model/operation.ts';
import { settleRow } from '../../src/calls/settle-row.ts';
import type { RowPorts } from '../../src/calls/settle-step.ts';
import { fault, target } from '../results/samples.ts';
import { scriptedPorts, type Script } from '../run/fake-ports.ts';

export const REMOVE: Writes = writesFor('disassociate', target(1));
export const ATTACH: Writes = writesFor('associate', target(1));
export const REPLACE: Writes = writesFor('disassociate', target(1, ['Solutions', 'S-0000099']));

type Writes = ReturnType<typeof writesFor>;

export async function settle(
  writes: Writes,
  script: Script,
  earlier?: EarlierTries,
): Promise<{ outcome: RowOutcome; asked: readonly string[] }> {
  const ports = scriptedPorts(script);
  return { outcome: await settleRow(writes, earlier, ports), asked: ports.asked };
}

/** The same of a row whose old entity was to go first. */
export function leftAt(
  part: DetachFirstPart,
  standing: EarlierTries['standing'],
  madeBefore: readonly WriteOperation[] = part.kind === 'detach' ? [] : ['DisassociateOpportunity'],
): EarlierTries {
  const call = part.kind === 'detach' ? 'DisassociateOpportunity' : 'AssociateOpportunity';
  return { ...left(call, standing, madeBefore), part };
}

/** What the journal says of a row that an earlier session left. */
export function left(
  call: WriteOperation,
  standing: EarlierTries['standing'],
  madeBefore: readonly WriteOperation[] = [],
): EarlierTries {
  return {
    row: 3,
    key: rowKey(target(1)),
    attempts: 1,
    requestIds: [],
    startedAt: 0,
    call,
    madeBefore,
    standing,
    doubtBefore: false,
  };
}

/** A look beforehand that shows, of each operation in turn, what follows; it remembers how each write ended. */
export function looks(...kinds: readonly ('go' | 'needless' | 'refuse' | 'detach_first')[]): {
  clear: RowPorts['clear'];
  ended: (boolean | undefined)[];
} {
  const script = [...kinds];
  const ended: (boolean | undefined)[] = [];
  return {
    ended,
    clear: async (): Promise<Clearance> => {
      const kind = script.shift();
      if (kind === undefined) throw new Error('The script has no further look.');
      if (kind === 'refuse') return { kind, fault: fault('refused', { exception: 'LastRemainingEntity' }) };
      if (kind === 'needless' || kind === 'detach_first') return { kind };
      return { kind, notes: [], read: true, ended: (inForce) => void ended.push(inForce) };
    },
  };
}
