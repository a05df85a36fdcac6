import { describe, expect, it } from 'vitest';
import type { WriteOperation } from '../../src/model/call.ts';
import type { RowOutcome } from '../../src/model/outcome.ts';
import { NO_PREFLIGHT, type Clearance } from '../../src/calls/look/preflight.ts';
import type { EarlierTries } from '../../src/store/journal-state.ts';
import { rowKey } from '../../src/store/row-key.ts';
import { writesFor } from '../../src/model/operation.ts';
import { LOST_ANSWER } from '../../src/calls/settle-call.ts';
import { settleRow, type RowPorts } from '../../src/calls/settle-row.ts';
import { fault, target } from '../results/samples.ts';
import { scriptedPorts, type Script } from '../run/fake-ports.ts';

const REMOVE = writesFor('disassociate', target(1));
const ATTACH = writesFor('associate', target(1));
const REPLACE = writesFor('disassociate', target(1, ['Solutions', 'S-0000099']));

type Writes = typeof REMOVE;

async function settle(
  writes: Writes,
  script: Script,
  earlier?: EarlierTries,
): Promise<{ outcome: RowOutcome; asked: readonly string[] }> {
  const ports = scriptedPorts(script);
  return { outcome: await settleRow(writes, earlier, ports), asked: ports.asked };
}

/** What the journal says of a row that an earlier session left. */
function left(
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
function looks(...kinds: readonly ('go' | 'needless' | 'refuse')[]): {
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
      if (kind === 'needless') return { kind };
      return { kind, notes: [], read: true, ended: (inForce) => void ended.push(inForce) };
    },
  };
}

describe('settleRow', () => {
  it.each([
    ['disassociated', REMOVE],
    ['associated', ATTACH],
    ['replaced', REPLACE],
  ] as const)('is %s once every call is made, and records what was changed', async (status, writes) => {
    const { outcome } = await settle(writes, { replies: writes.map(() => 'ok' as const) });
    expect(outcome).toEqual({
      status,
      confirmedBy: 'answer',
      calls: {
        attempts: writes.length,
        requestIds: [],
        made: writes.map(({ operation }) => operation),
      },
    });
  });

  it('says that a read confirmed it where one call needed it', async () => {
    const { outcome } = await settle(REPLACE, { replies: ['ok', 'timeout'], sightings: ['made'] });
    expect(outcome).toMatchObject({ status: 'replaced', confirmedBy: 'read' });
  });

  it.each([
    ['already_absent', REMOVE],
    ['already_present', ATTACH],
  ] as const)(
    'is %s where a refusal and a read show that there was nothing to do',
    async (status, writes) => {
      const { outcome } = await settle(writes, { replies: ['refused'], sightings: ['made'] });
      expect(outcome).toEqual({ status, confirmedBy: 'read_back', calls: { attempts: 1, requestIds: [] } });
    },
  );

  describe('with a replacement', () => {
    it('attaches the new before it removes the old', async () => {
      const { asked } = await settle(REPLACE, { replies: ['ok', 'ok'] });
      expect(asked).toEqual(['new Associate', 'new Disassociate']);
    });

    it('leaves the old where the new can’t be attached', async () => {
      const { outcome, asked } = await settle(REPLACE, { replies: ['refused'], sightings: ['not_made'] });
      expect(outcome).toEqual({
        status: 'failed',
        fault: fault('refused'),
        calls: { attempts: 1, requestIds: [] },
        write: { operation: 'AssociateOpportunity', opportunitySeen: true },
      });
      expect(asked).toEqual(['new Associate', 'look Associate']);
    });

    it('leaves the old where nobody knows whether the new is attached', async () => {
      const { outcome, asked } = await settle(REPLACE, { replies: ['timeout'], sightings: ['unreadable'] });
      expect(outcome.status).toBe('unknown');
      expect(asked).not.toContain('new Disassociate');
    });

    it('says so where the new was attached and the old could not be removed', async () => {
      const { outcome } = await settle(REPLACE, { replies: ['ok', 'refused'], sightings: ['not_made'] });
      expect(outcome).toMatchObject({
        status: 'failed',
        fault: {
          message: 'Any message.\nThe replacement was attached; the old entity was not removed.',
        },
        calls: { made: ['AssociateOpportunity'] },
      });
    });

    it('removes the old where the new was there already, and does not claim to have attached it', async () => {
      const { outcome } = await settle(REPLACE, { replies: ['refused', 'ok'], sightings: ['made'] });
      expect(outcome).toMatchObject({ status: 'replaced', calls: { made: ['DisassociateOpportunity'] } });
    });
  });

  it.each([
    ['a look beforehand', looks('go').clear, 'unreadable', true],
    ['the read after the refusal', NO_PREFLIGHT.clear, 'not_made', true],
    ['nothing', NO_PREFLIGHT.clear, 'unreadable', false],
  ] as const)(
    'tells which write met the fault, and that %s showed the opportunity',
    async (_, clear, sighting, opportunitySeen) => {
      const { outcome } = await settle(REMOVE, { replies: ['refused'], sightings: [sighting], clear });
      expect(outcome).toMatchObject({ write: { operation: 'DisassociateOpportunity', opportunitySeen } });
    },
  );

  describe('after a look beforehand', () => {
    it('sends nothing that is needless', async () => {
      const { outcome, asked } = await settle(REMOVE, { replies: [], ...looks('needless') });
      expect(outcome).toEqual({
        status: 'already_absent',
        confirmedBy: 'preflight',
        calls: { attempts: 0, requestIds: [] },
      });
      expect(asked).toEqual([]);
    });

    it('sends nothing that is refused, and fails for that reason', async () => {
      const { outcome, asked } = await settle(REMOVE, { replies: [], ...looks('refuse') });
      expect(outcome).toMatchObject({ status: 'failed', fault: { exception: 'LastRemainingEntity' } });
      expect(asked).toEqual([]);
    });

    it('only removes the old where the replacement is there', async () => {
      const { outcome, asked } = await settle(REPLACE, { replies: ['ok'], ...looks('needless', 'go') });
      expect(outcome).toMatchObject({ status: 'replaced', calls: { made: ['DisassociateOpportunity'] } });
      expect(asked).toEqual(['new Disassociate']);
    });

    it.each([
      ['made', { replies: ['ok'] }, true],
      ['found needless', { replies: ['refused'], sightings: ['made'] }, true],
      ['failed', { replies: ['refused'], sightings: ['not_made'] }, false],
      ['unknown', { replies: ['timeout'], sightings: ['unreadable'] }, undefined],
    ] as const)(
      'tells whether the change is in force once the call is %s',
      async (_kind, script, inForce) => {
        const { clear, ended } = looks('go');
        await settle(REMOVE, { ...script, clear });
        expect(ended).toEqual([inForce]);
      },
    );
  });

  describe('of an earlier session', () => {
    it('makes no call again that was answered well', async () => {
      const { outcome, asked } = await settle(
        REMOVE,
        { replies: [] },
        left('DisassociateOpportunity', 'succeeded'),
      );
      expect(outcome).toMatchObject({ status: 'disassociated', confirmedBy: 'answer' });
      expect(asked).toEqual([]);
    });

    it('sends again what was answered by a fault that excludes the change', async () => {
      const { outcome, asked } = await settle(
        REMOVE,
        { replies: ['ok'] },
        left('DisassociateOpportunity', 'not_done'),
      );
      expect(outcome.status).toBe('disassociated');
      expect(asked).toEqual(['new Disassociate']);
    });

    it.each([
      ['made', 'disassociated'],
      ['unreadable', 'unknown'],
    ] as const)('settles a doubt by a read alone: %s', async (sighting, status) => {
      const { outcome, asked } = await settle(
        REMOVE,
        { replies: [], sightings: [sighting] },
        left('DisassociateOpportunity', 'in_doubt'),
      );
      expect(outcome.status).toBe(status);
      expect(asked).toEqual(['look twice Disassociate']);
    });

    it('takes a call in doubt for made where the look beforehand shows its change', async () => {
      const { outcome } = await settle(
        REMOVE,
        { replies: [], ...looks('needless') },
        left('DisassociateOpportunity', 'in_doubt'),
      );
      expect(outcome).toMatchObject({
        status: 'disassociated',
        confirmedBy: 'read',
        calls: { made: ['DisassociateOpportunity'] },
      });
    });

    it.each([
      ['made', { status: 'disassociated', confirmedBy: 'read' }],
      ['not_made', { status: 'failed', fault: { exception: 'LastRemainingEntity' } }],
      ['unreadable', { status: 'unknown', fault: LOST_ANSWER }],
    ] as const)('reads a call in doubt that must not be sent again: %s', async (sighting, expected) => {
      const { outcome, asked } = await settle(
        REMOVE,
        { replies: [], sightings: [sighting], ...looks('refuse') },
        left('DisassociateOpportunity', 'in_doubt'),
      );
      expect(outcome).toMatchObject(expected);
      expect(asked).toEqual(['look twice Disassociate']);
    });

    it('goes on between a replacement’s two calls', async () => {
      const attached = left('AssociateOpportunity', 'succeeded');
      const { outcome, asked } = await settle(REPLACE, { replies: ['ok'] }, attached);
      expect(outcome).toMatchObject({
        status: 'replaced',
        calls: { made: ['AssociateOpportunity', 'DisassociateOpportunity'] },
      });
      expect(asked).toEqual(['new Disassociate']);
    });

    it('settles the first of the two before it thinks of the second', async () => {
      const { outcome, asked } = await settle(
        REPLACE,
        { replies: ['ok'], sightings: ['made'] },
        left('AssociateOpportunity', 'in_doubt'),
      );
      expect(outcome).toMatchObject({ status: 'replaced', confirmedBy: 'read' });
      expect(asked).toEqual(['look twice Associate', 'new Disassociate']);
    });

    it('settles the second of the two without making the first again', async () => {
      const { outcome, asked } = await settle(
        REPLACE,
        { replies: [], sightings: ['made'] },
        left('DisassociateOpportunity', 'in_doubt', ['AssociateOpportunity']),
      );
      expect(outcome).toMatchObject({
        status: 'replaced',
        calls: { made: ['AssociateOpportunity', 'DisassociateOpportunity'] },
      });
      expect(asked).toEqual(['look twice Disassociate']);
    });

    it('does not claim the first of the two where that had been needless', async () => {
      const { outcome } = await settle(
        REPLACE,
        { replies: ['ok'] },
        left('DisassociateOpportunity', 'not_done', []),
      );
      expect(outcome).toMatchObject({ status: 'replaced', calls: { made: ['DisassociateOpportunity'] } });
    });
  });
});
