import { expect, test } from 'vitest';
import { storeWords } from '../../../src/cli/options/store-flags.ts';

const STORE = 'postgres://ann:secret@db.example/ops';
const SHOWN = ' --store postgres://ann@db.example/ops';
const VARIABLE = ' --store "$OPPSWEEP_STORE"';

test('a printed command has nothing behind it of files', () => {
  expect(storeWords('people.results.csv', {}, [])).toBe('');
});

test('a printed command has a typed store without its password, and one of the environment by its variable', () => {
  expect(storeWords('people.results.csv', { store: STORE }, ['--store', STORE])).toBe(SHOWN);
  expect(storeWords('people.results.csv', { store: STORE }, [])).toBe(VARIABLE);
});

test('a printed command names the run as it was meant', () => {
  expect(storeWords('p.results.csv', { store: STORE, run: 'may 5' }, [])).toBe(`${VARIABLE} --run 'may 5'`);
  expect(storeWords('123/people', { store: STORE }, [`--store=${STORE}`])).toBe(`${SHOWN} --run 123/people`);
});
