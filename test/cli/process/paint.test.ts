import { describe, expect, it } from 'vitest';
import { paint, wantsColour } from '../../../src/cli/process/paint.ts';

// eslint-disable-next-line no-control-regex -- colours are control sequences
const COLOURS = /\u001B\[\d+m/g;

const END = [
  'Stopped (quota_reached): It is used up.',
  '  1,190  disassociated  removed',
  '      3  failed         refused or given up: not done',
  '      2  unknown        may or may not have been done',
  '  ✗ row 8  O1  NotFound: No.',
  'Results: failed.csv',
].join('\n');

describe('paint', () => {
  it('colours statuses, signs and the reason of a stop, and nothing else', () => {
    expect(paint(END).split('\n')).toEqual([
      '\u001B[33mStopped (quota_reached)\u001B[39m: It is used up.',
      '  1,190  \u001B[32mdisassociated\u001B[39m  removed',
      '      3  \u001B[31mfailed\u001B[39m         refused or given up: not done',
      '      2  \u001B[33munknown\u001B[39m        may or may not have been done',
      '  \u001B[31m✗\u001B[39m row 8  O1  NotFound: No.',
      'Results: failed.csv',
    ]);
  });

  it('says nothing that the words don’t say', () => {
    expect(paint(END).replaceAll(COLOURS, '')).toBe(END);
  });
});

describe('wantsColour', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
  ])('with %j, where a terminal obeys (%s): %s', (env, obeys, wanted) => {
    expect(wantsColour(env, obeys)).toBe(wanted);
  });
});
