import { describe, expect, it } from 'vitest';
import { NO_PREFLIGHT } from '../../src/calls/look/preflight.ts';
import { fault } from '../results/samples.ts';
import { ATTACH, looks, REMOVE, REPLACE, settle } from './settle-stage.ts';

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
});
