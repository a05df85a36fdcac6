import { describe, expect, it } from 'vitest';
import type { OpportunitySnapshot } from '../../src/model/call.ts';
import type { RowOutcome } from '../../src/model/outcome.ts';
import type { Target } from '../../src/model/row.ts';
import { createPreflight, type Preflight } from '../../src/calls/look/preflight.ts';
import { writesFor, type Operation } from '../../src/model/operation.ts';
import { planRow } from '../../src/calls/plan-row.ts';
import { association } from '../emulator/associations.ts';
import { NO_OPTIONS, solutions } from './look/writes.ts';
import { fault } from '../results/samples.ts';

const NO_CALLS = { attempts: 0, requestIds: [] };
const first: Target = association('O1', 'Solutions', 'S-0000001');
const replaced: Target = { ...first, replacement: association('O1', 'Solutions', 'S-0000002').entity };

function preflightOf(opportunity: OpportunitySnapshot, protectLast = false): Preflight {
  return createPreflight({
    read: async () => ({ ok: true, opportunity }),
    monotonicMs: () => 0,
    ...NO_OPTIONS,
    protectLast,
    switchedOff: () => undefined,
  });
}

function plan(
  target: Target,
  preflight: Preflight,
  operation: Operation = 'disassociate',
): Promise<RowOutcome> {
  return planRow(writesFor(operation, target), preflight);
}

describe('planRow', () => {
  it('tells what would be removed, with one write', async () => {
    expect(await plan(first, preflightOf(solutions('S-0000001', 'S-0000009')))).toEqual({
      status: 'would_disassociate',
      notes: [],
      writesNeeded: 1,
    });
  });

  it('tells what is absent or present already', async () => {
    const needless = { confirmedBy: 'preflight', calls: NO_CALLS };
    expect(await plan(first, preflightOf(solutions()))).toEqual({ status: 'already_absent', ...needless });
    expect(await plan(first, preflightOf(solutions('S-0000001')), 'associate')).toEqual({
      status: 'already_present',
      ...needless,
    });
  });

  it('tells what would be attached', async () => {
    expect(await plan(first, preflightOf(solutions()), 'associate')).toEqual({
      status: 'would_associate',
      notes: [],
      writesNeeded: 1,
    });
  });

  it('counts both writes of a replacement, and only the one that is needed', async () => {
    expect(await plan(replaced, preflightOf(solutions('S-0000001')))).toEqual({
      status: 'would_replace',
      notes: [],
      writesNeeded: 2,
    });
    expect(await plan(replaced, preflightOf(solutions('S-0000001', 'S-0000002')))).toEqual({
      status: 'would_replace',
      notes: ['already_attached'],
      writesNeeded: 1,
    });
    expect(await plan(replaced, preflightOf(solutions('S-0000003')))).toEqual({
      status: 'would_replace',
      notes: ['old_absent'],
      writesNeeded: 1,
    });
    expect(await plan(replaced, preflightOf(solutions('S-0000002')))).toMatchObject({
      status: 'already_absent',
    });
  });

  it('reckons with what the rows before it would have changed', async () => {
    const preflight = preflightOf(solutions('S-0000001', 'S-0000003'));
    await plan(first, preflight);
    expect(await plan(first, preflight)).toMatchObject({ status: 'already_absent' });
    expect(await plan(association('O1', 'Solutions', 'S-0000003'), preflight)).toMatchObject({
      status: 'would_disassociate',
      notes: ['last_solution'],
    });
  });

  it('names a replacement whose old entity has to go first, and leaves what the rows after it find', async () => {
    const offer = (id: string): Target => association('O1', 'AwsMarketplaceOffers', `arn:aws:x/Offer/${id}`);
    const row = { ...offer('offer-1'), replacement: offer('offer-2').entity };
    const preflight = preflightOf({ entities: { AwsMarketplaceOffers: [row.entity.id] } });
    const clear: Preflight['clear'] = (write, others) =>
      preflight.clear(write, { ...others, detachFirst: true });
    const writes = writesFor('disassociate', row);
    expect(await planRow(writes, preflight)).toMatchObject({ fault: { exception: 'NoPlace' } });
    expect(await planRow(writes, { clear })).toEqual({
      status: 'would_replace',
      notes: ['detach_first'],
      writesNeeded: 2,
    });
    expect(await planRow(writes, { clear })).toMatchObject({ status: 'already_absent' });
  });

  it('notes a locked review once for a row of two writes', async () => {
    const locked = { ...solutions('S-0000001'), reviewStatus: 'In review' };
    expect(await plan(replaced, preflightOf(locked))).toMatchObject({ notes: ['locked_review'] });
  });

  it('fails a row that a run would fail without a write', async () => {
    const protecting = preflightOf(solutions('S-0000001'), true);
    expect(await plan(first, protecting)).toMatchObject({
      status: 'failed',
      fault: { exception: 'LastRemainingEntity' },
      calls: NO_CALLS,
    });
    const unknown = fault('refused', { exception: 'ResourceNotFoundException' });
    const refusing = { clear: async () => ({ kind: 'refuse', fault: unknown }) as const };
    expect(await planRow(writesFor('disassociate', first), refusing)).toEqual({
      status: 'failed',
      fault: unknown,
      calls: NO_CALLS,
    });
  });
});
