// Bundles `build/` into `dist/`: a command then starts by reading some five files instead of some four hundred.
// Packages that every command or every run needs are bundled too, with their licences; the others are loaded when they are needed.
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

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
 * What a file of a package imports and nothing here uses: a start would read it, and make Node load parts of its own. An empty
 * module stands in its place. Of undici that is all but the clients, HTTP/2, which is offered to no server, and forms, which are
 * sent to none.
 */
const UNUSED = [
  ['undici/index.js', /^\.\/lib\/(?!(api|core\/\w+|dispatcher\/(dispatcher|pool|proxy-agent))$)/],
  ['undici/lib/dispatcher/client.js', /^\.\/client-h2\.js$/],
  ['undici/lib/dispatcher/client-h1.js', /^\.\.\/web\//],
  ['commander/lib/command.js', /^node:child_process$/],
].map(([path, imported]) => ({ file: join('node_modules', path), imported }));
const LEFT_OUT = 'virtual:left-out';

const leaveOutUnused = {
  name: 'leave-out-unused',
  resolveId: (id, importer = '') =>
    UNUSED.some(({ file, imported }) => importer.endsWith(file) && imported.test(id)) ? LEFT_OUT : undefined,
  // undici's index makes one of these as it loads.
  load: (id) => (id === LEFT_OUT ? 'exports.CacheStorage = class {};' : undefined),
};

/** It runs the program as it is loaded, so it has a file of its own: the others are the library's, too. */
const START = 'start.js';

/**
 * The files that the program comes in, each with the module whose imports it holds, as far as none above holds them. So each
 * needs only those above it, and a command reads few of them: to find and read one takes longer than to pass over code in it.
 */
const LAYERS = [
  ['version', 'disk/package-version.js'],
  ['program', START],
  ['record', 'cli/commands/status.js'],
  ['input', 'cli/commands/check/check.js'],
  ['run', 'cli/commands/disassociate.js'],
  ['wire', 'run/service/open-live-service.js'],
];

const { dependencies = {}, peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const external = Object.keys({ ...dependencies, ...peerDependencies }).filter(
  (name) => !BUNDLED.includes(name),
);
const isExternal = (id) =>
  id === SHARED ||
  id === 'oppsweep/package.json' ||
  external.some((name) => id === name || id.startsWith(`${name}/`));

rmSync('dist', { recursive: true, force: true });
const bundle = await rolldown({
  input: { main: 'build/main.js', library: 'build/index.js' },
  platform: 'node',
  transform: { target: 'node20' },
  external: isExternal,
  // ES modules, where a package has them: of these, what nobody imports is left out.
  resolve: { mainFields: ['module', 'main'] },
  plugins: [leaveOutUnused],
});
const layerOf = layers();
const { output } = await bundle.write({
  dir: 'dist',
  // A start takes a tenth of Node's own less than with ES modules in the same files.
  format: 'cjs',
  entryFileNames: '[name].cjs',
  chunkFileNames: 'chunks/[name].cjs',
  codeSplitting: {
    groups: LAYERS.map(([layer], index) => ({
      debugName: layer,
      name: (id, graph) => (layerOf(id, graph) === layer ? layer : null),
      priority: LAYERS.length - index,
    })),
  },
  // Not minified: a stack trace names functions and lines that can be read.
  comments: false,
  // Read as one byte a character.
  charset: 'ascii',
});
// As a command is, where it is called by its path.
chmodSync('dist/main.cjs', 0o755);
const { exports } = output.find(({ name }) => name === 'library');
writeFileSync(
  'dist/index.js',
  `import library from './library.cjs';\nexport const { ${exports.join(', ')} } = library;\n`,
);
cpSync('build', 'dist', {
  recursive: true,
  filter: (path) => !path.endsWith('.js'),
});
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticesOf(output.flatMap(({ moduleIds }) => moduleIds)));

/** Which layer a module belongs to, by what imports what. */
function layers() {
  const found = new Map();
  return (id, graph) => {
    if (found.size === 0) {
      for (const [layer, top] of LAYERS) take(resolve('build', top), layer);
      found.delete(resolve('build', START));
    }
    return found.get(id);

    function take(module, layer) {
      if (found.has(module)) return;
      found.set(module, layer);
      for (const imported of graph.getModuleInfo(module)?.importedIds ?? []) take(imported, layer);
    }
  };
}

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
