import { statSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'csv-parse/sync';
import { setFileStage } from '../stage/file-stage.ts';
import { runHere } from '../stage/program-here.ts';
import { makeWorkFolder } from '../stage/work-folder.ts';
import { largeRun } from './large-run.ts';
import { axeFindings, HAS_CHROMIUM, openBrowser, openFile } from './browser.ts';

const WHY = HAS_CHROMIUM ? '' : ' (skipped: no chromium)';
const NEEDS_BROWSER = { skip: !HAS_CHROMIUM };
const HEADER =
  'row,status,exception,message,tip,opportunity_id,entity_type,entity_id,replacement_id,attempts,request_ids,started_at,finished_at';
const PARTS = ['#rows', '#when', '#who', '#proof'];

let browser: Browser;

beforeAll(async () => {
  if (HAS_CHROMIUM) browser = await openBrowser();
});

afterAll(async () => {
  if (HAS_CHROMIUM) await browser.close();
});

test(
  `the page of a run is drawn, searched, filtered and read by anybody${WHY}`,
  NEEDS_BROWSER,
  async (task) => {
    const stage = await setFileStage(task, {
      job: [
        ['Opportunity ID', 'Entity Type', 'Entity ID', 'Customer'],
        ...Array.from({ length: 12 }, (_, row) => [
          `O10000${row + 10}`,
          'Solutions',
          'S-0000001',
          `<b>Kunde ${row}</b>`,
        ]),
        ['1234', 'Solutions', 'S-0000001', 'Kunde X'],
      ],
      held: Array.from({ length: 9 }, (_, row) => [`O10000${row + 10}`, 'Solutions', 'S-0000001'] as const),
    });
    await stage.runBuilt('disassociate', 'job.csv', '--report');
    const { page, complaints, requests } = await openFile(browser, stage.folder.at('job.report.html'));

    expect(await page.textContent('h1')).toBe('9 associations were removed from 9 opportunities.');
    expect(await page.locator('.bar rect').count()).toBe(3);
    const rows = page.locator('#table-body tr');
    expect(await rows.count()).toBe(4);
    await page.selectOption('#status', 'invalid');
    expect(await rows.count()).toBe(1);
    expect(await page.textContent('#found')).toBe('1 of 4 rows');
    await page.selectOption('#status', '');
    await page.fill('#search', 'o1000020');
    expect(await rows.count()).toBe(1);
    await page.fill('#search', 'kunde 11');
    expect(await page.textContent('#table-body .own')).toBe('Customer: <b>Kunde 11</b>');
    await page.evaluate(
      'navigator.clipboard.writeText = (text) => { globalThis.copied = text; return Promise.resolve(); }',
    );
    await page.click('#copy');
    stage.folder.write('copied.csv', await page.evaluate<string>('copied'));
    // What is copied is a results file, with the user's own columns.
    expect((await stage.run('disassociate', 'copied.csv', '--only', 'failed')).stderr).toMatch(
      /^ +1 +failed/m,
    );

    await page.click('nav.tabs a[href="#when"]');
    expect(await page.locator('#rows').isVisible()).toBe(false);
    expect(await page.locator('#chart path.calls').getAttribute('d')).toMatch(/^M0,100V\d+/);
    await page.focus('#chart');
    await page.keyboard.press('End');
    expect(await page.textContent('#readout')).toMatch(/: \d+ writes?, /);
    expect([complaints, requests]).toEqual([[], []]);

    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const part of PARTS) {
        await page.click(`nav.tabs a[href="${part}"]`);
        expect([colorScheme, part, await axeFindings(page)]).toEqual([colorScheme, part, []]);
      }
    }
    await page.emulateMedia({ media: 'print' });
    for (const part of PARTS) expect([part, await page.locator(part).isVisible()]).toEqual([part, true]);
  },
);

test(`a page of 100,000 rows shows those to look at, a few at a time${WHY}`, NEEDS_BROWSER, async (task) => {
  const folder = makeWorkFolder(task);
  const { results, summary } = largeRun(100_000);
  folder.write('large.csv', results);
  folder.write('large.summary.json', summary);
  await runHere(['report', 'large.csv'], folder);
  const path = folder.at('large.report.html');
  expect(statSync(path).size).toBeLessThan(2_000_000);

  const { page, complaints, requests } = await openFile(browser, path, 400);
  const nodes = (): Promise<number> => page.evaluate<number>('document.querySelectorAll("*").length');
  expect(await nodes()).toBeLessThan(3_000);
  expect(await page.textContent('h1')).toBe('87,000 associations were removed from 87,000 opportunities.');
  expect(await page.locator('.bar rect').count()).toBe(2);
  expect(await page.textContent('#found')).toBe('10,000 of 10,000 rows');
  for (let turn = 0; turn < 5; turn += 1) await page.click('#next');
  expect(await page.textContent('#page')).toBe('251 to 300 of 10,000');
  expect(await nodes()).toBeLessThan(3_000);
  // What is wider than a telephone moves within its own frame.
  expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(400);
  // A row stands whole within it: nothing of it is found by moving alone.
  expect(await page.evaluate<number>('document.querySelector("#table").scrollWidth')).toBeLessThanOrEqual(
    368,
  );
  await page.locator('#table-body tr').last().scrollIntoViewIfNeeded();
  expect(await page.evaluate<number>('scrollY')).toBeGreaterThan(0);
  await page.selectOption('#exception', 'ValidationException');
  expect(await page.textContent('#found')).toBe('2,000 of 10,000 rows');
  await page.fill('#search', 'O1099999');
  expect(await page.locator('#table-body tr').count()).toBe(1);
  await page.click('nav.tabs a[href="#when"]');
  expect(await page.locator('#chart path.calls').getAttribute('d')).toMatch(/^M0,100V\d+/);
  expect([complaints, requests]).toEqual([[], []]);
  const { loadEventEnd } = await page.evaluate<{ loadEventEnd: number }>(
    'performance.getEntriesByType("navigation")[0].toJSON()',
  );
  process.stdout.write(`A page of 100,000 rows was loaded after ${Math.round(loadEventEnd)} ms.\n`);
});

test(`hostile results run nothing and break nothing${WHY}`, NEEDS_BROWSER, async (task) => {
  const folder = makeWorkFolder(task);
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</script><script>alert(1)</script>',
    '<!--<script>',
    'line\u2028and\u2029line',
    '=HYPERLINK("http://example.com")',
    '\u202Egnp.exe',
    '__proto__',
  ];
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = hostile.map((text, row) =>
    [String(row + 2), 'failed', text, text, text, text, text, text, text, '1', text, '', '']
      .map(cell)
      .join(','),
  );
  lines.push(`99,failed,X,${'x'.repeat(1_000_000)},tip,O99,Solutions,S-0000001,,1,,,`);
  folder.write('hostile.csv', `${HEADER}\n${lines.join('\n')}\n`);
  const ended = await runHere(['report', 'hostile.csv'], folder);
  expect([ended.code, ended.stderr]).toEqual([0, 'Report: hostile.report.html\n']);

  const { page, complaints, requests } = await openFile(browser, folder.at('hostile.report.html'));
  expect(await page.locator('#table-body tr').count()).toBe(hostile.length + 1);
  expect(await page.locator('script').count()).toBe(2);
  expect(await page.locator('img').count()).toBe(0);
  await page.evaluate(
    'navigator.clipboard.writeText = (text) => { globalThis.copied = text; return Promise.resolve(); }',
  );
  await page.click('#copy');
  const copied: string[][] = parse(await page.evaluate<string>('copied'));
  expect(copied[0]?.join(',')).toBe(HEADER);
  expect(copied[6]?.[3]).toBe(`'${hostile[5] ?? ''}`);
  expect([complaints, requests]).toEqual([[], []]);
  expect(await axeFindings(page)).toEqual([]);
});
