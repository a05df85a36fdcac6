// Makes the documents' pictures from a real run of the sample: `npm run build && node .ci/pictures.mjs`. Needs chromium.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const PROGRAM = resolve('dist/main.js');
const RUN = [
  'clean-up.csv',
  '--emulator-state',
  'clean-up.state.csv',
  '--rate',
  '10',
  '--real-time',
  '--report',
];

const folder = mkdtempSync(join(tmpdir(), 'oppsweep-pictures-'));
try {
  for (const name of ['clean-up.csv', 'clean-up.state.csv'])
    cpSync(join('samples', name), join(folder, name));
  const env = { ...process.env, HOME: folder, XDG_STATE_HOME: folder, TZ: 'Europe/Berlin' };
  // Some rows of the sample are not settled as wished: that is exit code 1.
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'disassociate', ...RUN], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 1) throw new Error(`The run ended with ${status}:\n${stderr}`);
  await picture(join(folder, 'clean-up.report.html'), 'docs/report.png');
} finally {
  rmSync(folder, { recursive: true });
}

async function picture(page, file) {
  const executablePath = execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const tab = await browser.newPage({ viewport: { width: 1120, height: 760 } });
    await tab.goto(pathToFileURL(page).href);
    // Whose machine made the picture is nobody's business.
    const whose = `${userInfo().username} at ${hostname()}`;
    await tab.locator('.who').evaluate((line, words) => {
      line.textContent = line.textContent.replace(words, 'ann at laptop-17');
    }, whose);
    await tab.screenshot({ path: file });
  } finally {
    await browser.close();
  }
}
