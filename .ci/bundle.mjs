// Bundles `build/` into `dist/`: a command then starts by reading a few files instead of some four hundred.
// Packages that every command or every run needs are bundled too, with their licences; the others are loaded when they are needed.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const BUNDLED = [
  'commander',
  'csv-parse',
  'csv-stringify',
  'cli-progress',
  'undici',
  '@smithy/signature-v4',
  '@smithy/core',
  'bottleneck',
];

/** What the AWS packages read, too, and what they keep of it: there must be one of it. */
const SHARED = '@smithy/core/config';

/**
 * Parts of undici that its index loads and nothing here uses: its fetch alone costs a start more than the client, and makes Node load its
 * own one, too. The index finds an empty module in their place; the clients, which need none of them, are as they are.
 */
const UNUSED_PARTS = /^\.\/lib\/(web|mock|cache|interceptor)\//;
const UNDICI_INDEX = join('node_modules', 'undici', 'index.js');

const leaveOutUnused = {
  name: 'leave-out-unused',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: UNUSED_PARTS }, ({ importer }) =>
      importer.endsWith(UNDICI_INDEX) ? { path: 'unused', namespace: 'left-out' } : undefined,
    );
    // The index makes one of these as it loads.
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'exports.CacheStorage = class {};' }));
  },
};

const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter(
  (name) => !BUNDLED.includes(name),
);

rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ['build/main.js', 'build/index.js'],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: [...external.flatMap((name) => [name, `${name}/*`]), SHARED, 'oppsweep/package.json'],
  // ES modules, where a package has them: of these, what nobody imports is left out.
  mainFields: ['module', 'main'],
  plugins: [leaveOutUnused],
  // Packages in CommonJS ask for Node's own modules by it.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
  // Not minified: a stack trace names functions and lines that can be read.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
cpSync('build', 'dist', {
  recursive: true,
  filter: (path) => !path.endsWith('.js'),
});
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(Object.keys(metafile.inputs)));

/** The licence of each package that the bundle holds. */
function noticesOf(inputs) {
  const folders = new Set(inputs.map((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]));
  folders.delete(undefined);
  return [...folders]
    .toSorted((left, right) => left.localeCompare(right))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      if (file === undefined) throw new Error(`${name} has no file with its licence.`);
      return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
