// Makes the documents' pictures from a real run of the sample: `npm run build && node .ci/pictures.mjs`. Needs chromium, and
// the script of util-linux, which gives a command a terminal of its own.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { drawScreen, svgOf } from './terminal-picture.mjs';

const PROGRAM = resolve('dist/main.cjs');
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
  writeFileSync('docs/terminal.svg', svgOf(await runInTerminal(env), 'A rehearsal of the sample, under way'));
  await picture(join(folder, 'clean-up.report.html'), 'docs/report.png');
} finally {
  rmSync(folder, { recursive: true });
}

/** The screen as it was when most of the rows were done, and some were left. */
async function runInTerminal(env) {
  const command = ['node', PROGRAM, 'disassociate', ...RUN].join(' ');
  const inTerminal = `stty cols 100 rows 40; exec ${command}`;
  const running = spawn('script', ['-qefc', inTerminal, '/dev/null'], {
    cwd: folder,
    env: { ...env, TERM: 'xterm-256color', CI: '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const screen = drawScreen();
  let taken = [];
  running.stdout.setEncoding('utf8').on('data', (text) => {
    screen.write(text);
    const lines = screen.lines();
    const bar = lines.findLast((cells) => cells.some(({ text: sign }) => sign === '█'));
    if (bar !== undefined && bar.filter(({ text: sign }) => sign === '░').length > 8) taken = lines;
  });
  const status = await new Promise((resolveEnd) => running.once('close', resolveEnd));
  // Some rows of the sample are not settled as wished: that is exit code 1.
  if (status !== 1) throw new Error(`The run ended with ${status}`);
  return taken;
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
    // The first row that failed has an account in signs for which few machines have a font.
    await tab.selectOption('#status', 'invalid');
    await tab.screenshot({ path: file });
  } finally {
    await browser.close();
  }
}
