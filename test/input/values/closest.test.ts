import { describe, expect, it } from 'vitest';
import { closest, didYouMean } from '../../../src/input/values/closest.ts';

const WORDS = ['failed', 'unknown', 'invalid', 'duplicate'];

describe('closest', () => {
  it.each([
    ['faild', 'failed'],
    ['Failed', 'failed'],
    ['unkown', 'unknown'],
    ['invlid', 'invalid'],
    ['dublicat', 'duplicate'],
    ['fialde', 'failed'],
  ])('of %s is %s', (word, meant) => {
    expect(closest(word, WORDS)).toBe(meant);
  });

  it('takes two letters that were swapped for one slip', () => {
    expect(closest('raet', ['rate'])).toBe('rate');
    expect(closest('tare', ['rate'])).toBeUndefined();
  });

  it('is none where nothing is near', () => {
    expect(closest('done', WORDS)).toBeUndefined();
    expect(closest('', WORDS)).toBeUndefined();
  });

  it('is proposed in a sentence', () => {
    expect(didYouMean('faild', WORDS)).toBe(' Did you mean failed?');
    expect(didYouMean('done', WORDS)).toBe('');
  });
});
