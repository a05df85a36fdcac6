import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

const CHROMIUM = process.env['OPPSWEEP_CHROMIUM'] ?? 'chromium';

export const HAS_CHROMIUM: boolean = spawnSync(CHROMIUM, ['--version']).status === 0;

/** A page that is open, with all that it said and asked for. */
export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings of its console, and what its script threw. */
  readonly complaints: readonly string[];
  /** Addresses that it asked for, its own file aside. */
  readonly requests: readonly string[];
}

export function openBrowser(): Promise<Browser> {
  const path = spawnSync('sh', ['-c', `command -v ${CHROMIUM}`], { encoding: 'utf8' }).stdout.trim();
  // Without a sandbox of its own: containers let root have none, and the pages are ours.
  return chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-gpu'] });
}

/** The file, opened as by a double click. */
export async function openFile(browser: Browser, path: string, width: number = 1280): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const url = pathToFileURL(path).href;
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) requests.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, requests };
}

/** What axe-core finds wrong with the page as it stands, by its rules. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  // The inspector's own door: the page's policy lets no script in.
  return page.evaluate<string[]>(
    `${axe.source}; axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 80)).join(' | ')))`,
  );
}
