import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENTITY_TYPES } from '../../src/model/entity.ts';
import { OPERATIONS } from '../../src/model/operation.ts';
import { WRITES } from '../../src/model/call.ts';

const src = join(import.meta.dirname, '../../src');

const NAMES = [...ENTITY_TYPES, ...Object.keys(WRITES), ...Object.keys(OPERATIONS)].join('|');
/** `=== 'Solutions'`, `case 'associate':`, `.includes('AwsProducts')`, `'associate' !== command`. */
const COMPARISON = new RegExp(
  String.raw`([=!]==?|\bcase|\b(includes|has|indexOf)\()\s*'(${NAMES})'|'(${NAMES})'\s*[=!]==?`,
);

test('no file compares anything with the name of an operation or an entity type: tables say what follows', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  expect(files.length).toBeGreaterThan(100);
  const comparing = files.filter((name) => COMPARISON.test(readFileSync(join(src, name), 'utf8')));
  expect(comparing).toEqual([]);
});

test.each(["type === 'Solutions'", "case 'AssociateOpportunity':", "types.includes('AwsProducts')"])(
  'such a comparison is seen: %s',
  (code) => {
    expect(code).toMatch(COMPARISON);
  },
);
