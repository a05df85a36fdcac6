import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RunError } from '../../model/run-error.ts';

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
 *
 * @throws RunError `output_unwritable` where the installation lacks the file
 */
export function assetText(name: string): string {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('oppsweep/package.json'));
    return readFileSync(join(folder, 'src/report/assets', name), 'utf8').replaceAll('\r\n', '\n');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new RunError(
      'output_unwritable',
      `No report can be made: this installation of oppsweep lacks ${name}, of which its page is made (${why}).`,
      { code: 'install_again' },
      error,
    );
  }
}
