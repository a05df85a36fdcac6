import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Delimiter } from '../../../src/input/records/delimiter.ts';
import { writeTable, type Writing } from '../../property/csv-writer.ts';
import { runProgram } from '../stage/program.ts';
import { makeWorkFolder, type WorkFolder } from '../stage/work-folder.ts';

const HAS_LIBREOFFICE = spawnSync('soffice', ['--version']).status === 0;
const REHEARSAL = ['--emulator', '--rate', 'unlimited', '--read-rate', 'unlimited'];

/** Cells that LibreOffice leaves as they are: what looks like a number or a formula it would read as one, as in any file. */
const TABLE: readonly (readonly string[])[] = [
  ['Opportunity ID', 'Entity Type', 'Related Entity', 'status', 'Notes'],
  ['O4100001', 'Solutions', 'S-0059717', 'open; twice', 'two\nlines, with both'],
  [' O4100002 ', 'Partner Solution', 'S-0059718', 'say "hi"', 'Zürich – „Straße“ €'],
  ['O4100003', 'AWSProducts', 'AmazonEC2', ' around ', "it's 'quoted' | so"],
  ['O4100003', 'AWSProducts', 'AmazonEC2', 'twice', '日本語'],
  ['@4100004', 'Solutions', 'x', '', 'a\ttab'],
];

for (const { name, writing } of [
  { name: 'Excel, CSV UTF-8', writing: form({ delimiter: ',', bom: true }) },
  { name: 'Excel, Unicode Text', writing: form({ delimiter: '\t', encoding: 'utf-16le', bom: true }) },
  { name: 'a German sheet', writing: form({ delimiter: ';' }) },
  { name: 'a Unix tool', writing: form({ delimiter: '|', lineEnding: '\n' }) },
]) {
  test(
    `LibreOffice shows the columns and values of results (${name})`,
    { skip: !HAS_LIBREOFFICE },
    async (task) => {
      const folder = makeWorkFolder(task);
      folder.write('people.csv', writeTable(TABLE, writing));
      const ended = await runProgram(['disassociate', 'people.csv', ...REHEARSAL], folder);
      expect([ended.code, ended.stderr]).toEqual([1, ended.stderr]);

      const written: string[][] = parse(folder.read('people.results.csv'), {
        bom: true,
        delimiter: writing.delimiter,
      });
      expect(written.map((cells) => cells.slice(0, 5))).toEqual(TABLE);
      expect(openedInLibreOffice('people.results.csv', writing.delimiter, folder)).toEqual(written);
    },
  );
}

function form(part: Partial<Writing>): Writing {
  return {
    delimiter: ',',
    lineEnding: '\r\n',
    encoding: 'utf-8',
    bom: false,
    quoteAll: false,
    finalLineEnd: true,
    ...part,
  };
}

/** The cells as LibreOffice has them: imported as its dialogue proposes for UTF-8, and saved as CSV with every text in quotes. */
function openedInLibreOffice(name: string, delimiter: Delimiter, folder: WorkFolder): string[][] {
  const options = (separator: string, save: boolean): string =>
    `Text - txt - csv (StarCalc):${separator.charCodeAt(0)},34,76,1,,0,${save},true,false`;
  const opened = spawnSync(
    'soffice',
    [
      '--headless',
      `-env:UserInstallation=${pathToFileURL(folder.at('home/libreoffice')).href}`,
      `--infilter=${options(delimiter, false)}`,
      '--convert-to',
      `csv:${options(',', true)}`,
      '--outdir',
      folder.at('opened'),
      folder.at(name),
    ],
    { env: folder.env, encoding: 'utf8', timeout: 120_000 },
  );
  if (opened.status !== 0) throw new Error(`soffice: ${opened.stderr}`);
  return parse(folder.read(`opened/${name}`), { bom: true });
}
