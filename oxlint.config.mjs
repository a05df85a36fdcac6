import { posix } from 'node:path';

/**
 * The house: each room of src/ with the rooms just below it. A room's files import each other, the rooms it
 * names, and whatever those may import; nothing else, types included. Files that stand directly in a room and
 * its sub-rooms are judged apart: `calls` is src/calls/*.ts, `calls/look` is src/calls/look/*.ts.
 */
const ROOMS = {
  model: [],
  'model/quota': ['model'],
  'model/words': ['model'],
  disk: ['model'],
  pace: ['model/quota'],
  'partner-central/access': ['model'],
  'partner-central/wire': ['partner-central/access'],
  'partner-central': ['partner-central/wire'],
  'partner-central/sign-in': ['partner-central'],
  store: ['model/quota'],
  'store/marks': ['store'],
  'store/journal': ['store', 'disk'],
  'store/memory': ['store/marks'],
  'store/postgres/database': ['store', 'disk'],
  'store/postgres/quotas': ['store/postgres/database', 'disk'],
  'store/postgres/runs': ['store/postgres/database', 'store/fleet', 'store/journal', 'store/marks', 'disk'],
  'store/fleet': ['store'],
  'store/postgres/fleets': ['store/fleet', 'store/postgres/database'],
  'store/postgres': [
    'store/postgres/fleets',
    'store/postgres/runs',
    'store/postgres/quotas',
    'store/postgres/database',
    'disk',
  ],
  'store/files/lock': ['store', 'disk'],
  'store/files/ledger': ['store/files/lock', 'disk'],
  'store/files/run-folder': ['store/files/lock', 'store/journal', 'store/marks', 'disk'],
  'store/files': [
    'store/files/ledger',
    'store/files/run-folder',
    'store/files/lock',
    'store/journal',
    'disk',
  ],
  'report/assets': [],
  'report/rows': ['store', 'model/words'],
  'report/calls': ['store'],
  report: ['report/rows', 'report/calls'],
  'report/page': ['report'],
  'input/bytes': ['model'],
  'input/workbook': ['input/bytes'],
  'input/records': ['input/workbook'],
  'input/values': ['input/records'],
  'input/columns/decisions': ['input/values'],
  'input/columns': ['input/columns/decisions'],
  'input/judge': ['input/columns'],
  'input/selection': ['input/columns'],
  'input/rows/readings': ['input/selection', 'input/judge'],
  'input/rows': ['input/rows/readings'],
  input: ['input/rows'],
  'calls/look': ['pace', 'partner-central', 'store'],
  'calls/stop': ['pace', 'partner-central', 'store'],
  calls: ['calls/look', 'calls/stop'],
  results: ['store', 'model/words'],
  'emulator/partner': ['model'],
  'emulator/operations': ['emulator/partner'],
  'emulator/faults': ['emulator/partner'],
  'emulator/wire': ['emulator/faults'],
  emulator: ['emulator/wire', 'emulator/operations'],
  'export/folder': ['store/files/lock', 'store/files/run-folder', 'disk'],
  export: ['export/folder', 'results', 'store/files/run-folder', 'disk'],
  'export/compare': ['export', 'export/folder', 'input', 'disk'],
  'run/service': ['store/memory', 'calls', 'results', 'emulator', 'partner-central/sign-in'],
  'run/doctor': ['run/service'],
  'run/request': ['run/service', 'input', 'disk'],
  'run/resolve': ['run/request'],
  'run/rows': ['run/request'],
  'run/record': ['run/rows'],
  'run/record/since': ['run/record'],
  'run/record/verify': ['run/record/since'],
  'run/report': ['run/record/verify', 'report'],
  run: [
    'run/record',
    'run/report',
    'run/resolve',
    'run/doctor',
    'export',
    'export/folder',
    'export/compare',
    'disk',
  ],
  fleet: ['run', 'store/fleet', 'partner-central/sign-in', 'disk'],
  'fleet/prepare': ['fleet', 'disk'],
  library: ['run', 'store/files', 'store/memory', 'disk'],
  'cli/process/lines': [],
  'cli/process': [
    'cli/process/lines',
    'run',
    'fleet/prepare',
    'store/files',
    'store/postgres',
    'disk',
    'model/words',
  ],
  'cli/words/hints': ['cli/process'],
  'cli/words/input': ['cli/words/hints'],
  'cli/words': ['cli/words/input'],
  'cli/words/progress': ['cli/words'],
  'cli/words/status': ['cli/words'],
  'cli/words/fleet': ['cli/words'],
  'cli/options/values': ['cli/words'],
  'cli/options': ['cli/options/values', 'cli/words/progress', 'cli/words/fleet'],
  'cli/screen': ['cli/options', 'cli/words/status'],
  'cli/commands/check': ['cli/screen', 'disk'],
  'cli/commands/completion': ['cli/options'],
  'cli/commands/fleet': ['cli/screen', 'disk'],
  'cli/commands': [
    'cli/commands/fleet',
    'cli/commands/check',
    'cli/commands/completion',
    'disk',
    'report/page',
  ],
  cli: ['cli/commands'],
};

/** Rooms that only those who name them may enter: a home is chosen in one place, and few touch the disk. */
const NAMED_ONLY = /^(disk|store\/(files|memory|postgres).*)$/;

/** The rooms that `room` may import. A circle in the table is refused. */
function reach(room, path = []) {
  if (path.includes(room)) throw new Error(`Rooms in a circle: ${[...path, room].join(' -> ')}`);
  const below = ROOMS[room].flatMap((next) => [
    next,
    ...reach(next, [...path, room]).filter((far) => !NAMED_ONLY.test(far)),
  ]);
  return [...new Set(below)];
}

const refuse = (files, group, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
});

/** Refuses `files` every relative import but those of `allowed`, paths below src/ as a file of `room` spells them. */
function importsOnly(files, room, allowed) {
  const spelled = allowed
    .map((path) => posix.relative(room, path))
    .map((path) => (path.startsWith('.') ? path : `./${path}`));
  const rooms = [room, ...reach(room)].map((far) => `${far}/`).join(', ');
  return refuse(
    files,
    ['./**', '../**', ...spelled.map((path) => `!${path}`)],
    `Only ${rooms} may be imported here.`,
  );
}

const filesOf = (room) => [room, ...reach(room)].map((far) => `${far}/*.ts`);

const HOUSE = [
  refuse(['src/*/**'], ['./**', '../**'], 'This room is not in ROOMS of oxlint.config.mjs.'),
  ...Object.keys(ROOMS).map((room) => importsOnly([`src/${room}/*.ts`], room, filesOf(room))),
  // A page's own script: it runs in a browser, and knows nothing of the rest.
  importsOnly(['src/report/assets/*.js'], 'report/assets', ['report/assets/*.js']),
];

export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise', 'vitest'],
  categories: { correctness: 'error', suspicious: 'error' },
  options: { typeAware: true },
  rules: {
    'import/no-cycle': ['error', { ignoreTypes: false }],
    'import/no-default-export': 'error',
    'no-console': 'error',
    eqeqeq: 'error',
    'max-lines': ['error', { max: 250 }],
    'max-params': ['error', { max: 4 }],
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': 'error',
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    'typescript/require-await': 'off',
    'typescript/consistent-type-imports': 'error',
    'unicorn/prefer-node-protocol': 'error',
    'no-await-in-loop': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    'vitest/no-focused-tests': 'error',
    'vitest/no-disabled-tests': 'error',
    'vitest/expect-expect': 'error',
    'promise/always-return': 'off',
    'unicorn/consistent-function-scoping': 'off',
    'no-unmodified-loop-condition': 'off',
  },
  ignorePatterns: ['build', 'dist', 'coverage'],
  overrides: [
    ...HOUSE,
    {
      files: ['*.config.ts', 'oxlint.config.mjs'],
      rules: {
        'import/no-default-export': 'off',
      },
    },
    {
      files: ['bench/**', 'samples/*.mjs'],
      rules: {
        'no-console': 'off',
      },
    },
    {
      files: ['**/*.mjs'],
      rules: {
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
  ],
};
