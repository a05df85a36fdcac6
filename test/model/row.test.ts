import { rowKey } from '../../src/model/row.ts';
import { describe, expect, it } from 'vitest';
import { target } from '../results/samples.ts';

describe('rowKey', () => {
  it('names opportunity, type and identifier, and the replacement where there is one', () => {
    expect(rowKey(target(1))).toBe('O1 Solutions S-0000001');
    expect(rowKey(target(1, ['AwsProducts', 'AmazonEC2']))).toBe(
      'O1 Solutions S-0000001 -> AwsProducts AmazonEC2',
    );
  });
});
