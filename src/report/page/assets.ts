import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The script's parts, each after those that it uses. */
const SCRIPTS = ['data.js', 'csv.js', 'tabs.js', 'chart.js', 'table.js', 'main.js'];

/** The page's own style. */
export function readStyle(): string {
  return assetText('page.css');
}

/** The page's own script, of one piece: modules can't be imported by a page that loads nothing. */
export function readScript(): string {
  const parts = SCRIPTS.map((name) =>
    assetText(name)
      .replaceAll(/^import [^;]*;\n/gm, '')
      .replaceAll(/^export /gm, ''),
  );
  return `'use strict';\n(() => {\n${parts.join('\n')}})();\n`;
}

/**
 * From the package's own folder, wherever in it this stands. With line feeds alone: a browser reads them so, and the hash is of
 * what it reads.
 */
function assetText(name: string): string {
  const folder = dirname(createRequire(import.meta.url).resolve('oppsweep/package.json'));
  return readFileSync(join(folder, 'src/report/assets', name), 'utf8').replaceAll('\r\n', '\n');
}
