import { describe, expect, it } from 'vitest';
import type { InputOptions } from '../../../src/input/columns/input-options.ts';
import {
  inputOptionsFrom,
  onlyFrom,
  onlyTerm,
  termsFromInputOptions,
} from '../../../src/run/request/input-terms.ts';

const EVERY_OPTION: Required<
  Omit<
    InputOptions,
    'only' | 'replaceMap' | 'solutions' | 'isBeside' | 'ownTable' | 'pieceBytes' | 'unreplaced'
  >
> = {
  opportunityColumn: 'Opportunity',
  typeColumn: 'Type',
  entityColumn: 'Entity',
  entityColumns: ['Entity', 'Other'],
  replaceColumn: 'New one',
  replaceTypeColumn: 'Type of the new one',
  entityType: 'AwsProducts',
  delimiter: ';',
  encoding: 'shift_jis',
  noHeader: true,
  split: true,
  partOfWhole: true,
  sheet: 'Second',
  visibleOnly: true,
  where: ['Customer=Acme,Birch', 'Decision!=keep'],
  entities: ['S-0000001', 'AmazonEC2'],
  replaceWith: 'S-0000009',
};

describe('the terms of an input', () => {
  it('give back every option that was told', () => {
    expect(inputOptionsFrom(termsFromInputOptions(EVERY_OPTION))).toEqual(EVERY_OPTION);
  });

  it('know an undo’s own table by the command, whatever else the record has', () => {
    for (const terms of [{ command: 'undo' }, { command: 'plan', planned: 'undo' }]) {
      expect(inputOptionsFrom(terms).ownTable).toBe(true);
    }
    expect(inputOptionsFrom({ command: 'disassociate', ownTable: 'true' }).ownTable).toBeUndefined();
    expect(termsFromInputOptions({ ownTable: true })).toEqual({});
  });

  it('give back nothing that was left to be found', () => {
    const options = inputOptionsFrom(
      termsFromInputOptions({ entityColumn: undefined, delimiter: undefined }),
    );
    const told = Object.entries(options).filter(([, value]) => value !== undefined && value !== false);
    expect(told).toEqual([]);
  });

  it('are text alone, so that a resume can say which of them differs', () => {
    expect(termsFromInputOptions({ split: true, delimiter: '\t', encoding: undefined })).toEqual({
      split: 'true',
      delimiter: '\t',
      encoding: 'detected',
    });
  });

  it('of another program’s making are not believed', () => {
    const { entityType, delimiter } = inputOptionsFrom({ entityType: 'Anything', delimiter: '#' });
    expect([entityType, delimiter]).toEqual([undefined, undefined]);
  });

  it('keep which statuses were asked for', () => {
    expect(onlyFrom({ only: onlyTerm(['failed', 'unknown']) })).toEqual(['failed', 'unknown']);
    expect(onlyFrom({ only: onlyTerm(undefined) })).toBeUndefined();
    expect(onlyFrom({})).toBeUndefined();
  });
});
