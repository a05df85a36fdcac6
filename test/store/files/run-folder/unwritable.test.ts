import { describe, expect, it } from 'vitest';
import { RunError } from '../../../../src/model/run-error.ts';
import { unwritable } from '../../../../src/store/files/run-folder/unwritable.ts';

describe('unwritable', () => {
  it('says what could not be written and why, and that the same command goes on', () => {
    const cause = new Error('ENOSPC: no space left on device, write');
    expect(unwritable("The run's journal", cause)).toMatchObject({
      code: 'results_unwritable',
      message: "The run's journal could not be written: ENOSPC: no space left on device, write.",
      cause,
    });
  });

  it('leaves an error alone that says so already', () => {
    const first = new RunError('results_unwritable', 'First.');
    expect(unwritable('The results so far', first)).toBe(first);
  });
});
