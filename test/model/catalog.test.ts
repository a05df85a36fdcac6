import { expect, test } from 'vitest';
import { parseCatalog } from '../../src/model/catalog.ts';
import { RunError } from '../../src/model/run-error.ts';

function refusal(text: string): RunError {
  try {
    parseCatalog(text);
  } catch (error) {
    if (error instanceof RunError) return error;
  }
  throw new Error(`"${text}" was accepted.`);
}

test.each(['AWS', 'Sandbox'])('%s is a catalog', (text) => {
  expect(parseCatalog(text)).toBe(text);
});

test.each([
  ['aws', 'AWS'],
  ['Aws', 'AWS'],
  ['AWSS', 'AWS'],
  ['production', 'AWS'],
  ['sandbox', 'Sandbox'],
  ['SandBox', 'Sandbox'],
  ['Sanbox', 'Sandbox'],
  ['test', 'Sandbox'],
])('"%s" is refused, and %s proposed', (text, meant) => {
  const error = refusal(text);
  expect(error.code).toBe('usage');
  expect(error.message).toBe(`There is no catalog "${text}". Did you mean "${meant}"?`);
});

test('what resembles neither is refused without a guess', () => {
  expect(refusal('xyz').message).toBe('There is no catalog "xyz".');
  expect(refusal('').advice).toEqual({ code: 'name_catalog' });
});
