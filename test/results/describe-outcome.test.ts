import { describe, expect, it } from 'vitest';
import type { WriteOperation } from '../../src/model/call.ts';
import type { FaultKind, Fault } from '../../src/model/fault.ts';
import { callsOf, exceptionOf, type FailedWrite, type RowOutcome } from '../../src/model/outcome.ts';
import { describeOutcome, problemSentence } from '../../src/results/describe-outcome.ts';
import { IN_BOTH, withoutLater } from '../../src/results/later-sentences.ts';
import { tipFor } from '../../src/results/tip-for.ts';
import { CALLS, DISASSOCIATED, fault } from './samples.ts';

describe('describeOutcome', () => {
  it.each(['disassociated', 'associated', 'replaced'] as const)('has nothing to add to %s', (status) => {
    const words = describeOutcome({ status, confirmedBy: 'answer', calls: CALLS });
    expect(words).toEqual({ exception: '', message: '', tip: '' });
  });

  it.each([
    [['AssociateOpportunity'], 'The old one was not there: only the new one was attached.'],
    [['DisassociateOpportunity'], 'The new one was there already: only the old one was removed.'],
    [['AssociateOpportunity', 'DisassociateOpportunity'], ''],
  ] as const)('says of a replacement which of its two calls was needed: %j', (made, message) => {
    const calls = { ...CALLS, made };
    expect(describeOutcome({ status: 'replaced', confirmedBy: 'answer', calls }).message).toBe(message);
  });

  it('says so where a read had to confirm it', () => {
    const outcome: RowOutcome = { status: 'disassociated', confirmedBy: 'read', calls: CALLS };
    expect(describeOutcome(outcome).message).toBe('The answer was lost; confirmed by a read.');
  });

  it.each([
    ['already_absent', 'A read showed that it is not associated: nothing to remove.'],
    ['already_present', 'A read showed that it is associated already: nothing to add.'],
  ] as const)('says why nothing was done for %s, and names no exception', (status, message) => {
    const words = describeOutcome({ status, confirmedBy: 'read_back', calls: CALLS });
    expect(words).toEqual({ exception: '', message, tip: '' });
  });

  it('sends the reader of a duplicate to the row that was sent', () => {
    expect(describeOutcome({ status: 'duplicate', firstRow: 12 })).toEqual({
      exception: 'DuplicateRow',
      message: 'Same opportunity, type and identifier as row 12.',
      tip: 'See row 12 for what became of it.',
    });
  });

  it('tells every problem of an invalid row, a line each, with what was probably meant', () => {
    const words = describeOutcome({
      status: 'invalid',
      problems: [
        {
          kind: 'opportunity_pattern',
          field: 'opportunity',
          message: '"o1" is no opportunity.',
          suggestion: 'O1',
        },
        { kind: 'entity_missing', field: 'entity', message: 'The identifier is missing.' },
      ],
    });
    expect(words.exception).toBe('InvalidRow');
    expect(words.message).toBe('"o1" is no opportunity. Did you mean O1?\nThe identifier is missing.');
    expect(words.tip).toMatch(/^Nothing was sent\..*the option only invalid\.$/);
  });

  it('gives a fault’s own name and message', () => {
    const refusal = fault('refused', { exception: 'ValidationException', message: 'A\nB' });
    const words = describeOutcome({ status: 'failed', fault: refusal, calls: CALLS });
    expect(words).toEqual({ exception: 'ValidationException', message: 'A\nB', tip: tipFor(refusal) });
  });

  it('warns of an unknown outcome, whatever the fault', () => {
    const words = describeOutcome({
      status: 'unknown',
      fault: fault('timeout', { exception: 'TimeoutError' }),
      calls: CALLS,
    });
    expect(words.exception).toBe('TimeoutError');
    expect(words.tip).toMatch(/^It may or may not have been done/);
  });
});

describe('exceptionOf', () => {
  it('is empty where nothing went wrong', () => {
    expect(exceptionOf(DISASSOCIATED)).toBe('');
  });
});

describe('callsOf', () => {
  it('is what the outcome recorded, and none for a row that was never sent', () => {
    expect(callsOf(DISASSOCIATED)).toBe(CALLS);
    expect(callsOf({ status: 'duplicate', firstRow: 2 })).toEqual({ attempts: 0, requestIds: [] });
  });
});

describe('tipFor', () => {
  const KINDS: readonly FaultKind[] = [
    'throttled',
    'server',
    'unreachable',
    'broken',
    'timeout',
    'malformed',
    'refused',
    'denied',
    'credentials',
    'clock',
  ];

  it.each(KINDS)('is a sentence for %s', (kind) => {
    expect(tipFor(fault(kind))).toMatch(/^[A-Z].{20,}\.$/);
  });

  it.each([
    ['throttled', /quota was used up/],
    ['server', /failed on its side/],
    ['unreachable', /check the network/],
    ['timeout', /a read shows it was not done/],
    ['broken', /a read shows it was not done/],
    ['malformed', /a read shows it was not done/],
    ['denied', /partnercentral:DisassociateOpportunity/],
    ['credentials', /Sign in again/],
    ['clock', /Set this machine’s clock/],
  ] as const)('says what to do about %s', (kind, words) => {
    expect(tipFor(fault(kind))).toMatch(words);
  });

  it.each([
    ['ResourceNotFoundException', '', /Check the opportunity identifier/],
    ['LastRemainingEntity', '', /without the option protect-last/],
    ['ValidationException', 'ACTION_NOT_PERMITTED: Stage: No.', /review status and stage/],
    ['ValidationException', 'INVALID_RESOURCE_STATE: No.', /review status and stage/],
    ['ValidationException', 'INVALID_VALUE: No.', /correct the row by its message/],
    ['ConflictException', '', /for the reason in its message/],
    ['NearMiss', '', /^Nothing was sent/],
    ['NoPlace', '', /^Nothing was sent. Remove something of its kind.*option detach-first/],
    ['ReplacementLost', 'TOO_MANY_VALUES: No.', /^Attach the old one again/],
    ['ValidationException', 'TOO_MANY_VALUES: No.', /has no room for it/],
    ['ValidationException', 'NOT_ENOUGH_VALUES: No.', /needs one of its kind/],
  ])('tells refusals apart: %s %s', (exception, message, words) => {
    expect(tipFor(fault('refused', { exception, message }))).toMatch(words);
  });

  describe('knows the call that met the fault', () => {
    const write = (operation: WriteOperation, opportunitySeen: boolean): FailedWrite => ({
      operation,
      opportunitySeen,
    });
    const attach = write('AssociateOpportunity', false);
    const attachSeen = write('AssociateOpportunity', true);
    const removeSeen = write('DisassociateOpportunity', true);

    it('speaks of the status of what was to be attached, where that is what is refused', () => {
      const state = (field: string): Fault =>
        fault('refused', {
          exception: 'ValidationException',
          message: `INVALID_RESOURCE_STATE: ${field}: Its status is Draft.`,
        });
      expect(tipFor(state('RelatedEntityIdentifier'), attachSeen)).toMatch(/not Draft or Inactive/);
      expect(tipFor(state('OpportunityIdentifier'), attachSeen)).toMatch(/review status and stage/);
      expect(tipFor(state('RelatedEntityIdentifier'), removeSeen)).toMatch(/review status and stage/);
    });

    it.each([
      ['read', /partnercentral:GetOpportunity .*your account’s/],
      [attach, /partnercentral:AssociateOpportunity .*your account’s/],
      [attachSeen, /partnercentral:AssociateOpportunity .*could be read/],
      [removeSeen, /partnercentral:DisassociateOpportunity .*could be read/],
    ] as const)('where it was denied: %j', (call, words) => {
      expect(tipFor(fault('denied'), call)).toMatch(words);
    });

    it.each([
      ['read', /does not know this opportunity/],
      [write('DisassociateOpportunity', false), /does not know this opportunity/],
      [removeSeen, /it is associated, and yet/],
      [attach, /either not the opportunity or not what was to be attached/],
      [attachSeen, /what was to be attached is not/],
    ] as const)('where something was not found: %j', (call, words) => {
      expect(tipFor(fault('refused', { exception: 'ResourceNotFoundException' }), call)).toMatch(words);
    });

    it('says of a row that was answered that a correction is written on both sides', () => {
      const both = IN_BOTH;
      const notFound = fault('refused', { exception: 'ResourceNotFoundException' });
      for (const call of ['read', attach, attachSeen] as const)
        expect(tipFor(notFound, call)).toContain(both);
      expect(tipFor(notFound, removeSeen)).not.toContain(both);
      expect(tipFor(fault('refused', { exception: 'ValidationException' }), removeSeen)).toContain(both);
    });

    it('where an attachment was refused, says that drafts are', () => {
      const refusal = fault('refused', { exception: 'ValidationException' });
      expect(tipFor(refusal, attach)).toContain('drafts and inactive ones');
      expect(tipFor(refusal, removeSeen)).not.toContain('drafts');
    });

    it('and takes what was never sent for a read’s', () => {
      const outcome: RowOutcome = {
        status: 'failed',
        fault: fault('denied'),
        calls: { attempts: 0, requestIds: [] },
      };
      expect(describeOutcome(outcome).tip).toContain('GetOpportunity');
    });
  });
});

it('says of a suggestion for a cell that is marked that its row may not be meant', () => {
  const problem = { message: '"#O1" is none.', suggestion: 'O1' };
  expect(problemSentence(problem)).toBe('"#O1" is none. Did you mean O1?');
  const marked = problemSentence({ ...problem, marked: true });
  expect(marked).toContain('Did you mean O1? If the cell says that its row is not meant, leave it as it is.');
  expect(withoutLater(marked)).toBe(problemSentence(problem));
});
