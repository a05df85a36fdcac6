import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { barChart } from './bar-chart.mjs';
import { machineLine } from './print-figures.mjs';

const PAGE = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));
const README = fileURLToPath(new URL('../README.md', import.meta.url));
const chartPath = (name) => fileURLToPath(new URL(`../docs/bench-${name}.svg`, import.meta.url));

/**
 * Puts what was measured between the marks of its section in docs/benchmarks.md, with a chart beside it where one is drawn, and in
 * README where that has marks for it.
 *
 * @param {string} name of the section
 * @param {import('./bench.mjs').Measured} measured
 */
export async function keepFigures(name, { title, table, verdicts, chart, versions = [] }) {
  const picture = chart === undefined ? '' : `![${title}](bench-${name}.svg)\n\n`;
  const where = [machineLine(), ...versions].join('; ');
  const text = `${picture}${title}. ${where}.\n\n${table}\n\n${verdicts.map((one) => `* ${one}`).join('\n')}`;
  if (chart !== undefined) await writeFile(chartPath(name), barChart(chart));
  await replaceBetween(PAGE, name, text);
  if (chart !== undefined) await replaceBetween(README, name, sentenceOf(chart));
}

async function replaceBetween(path, name, text) {
  const page = await readFile(path, 'utf8');
  const marks = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const [from, to] = marks.map((mark) => page.indexOf(mark));
  if (from === -1 || to < from) throw new Error(`${path} has no place for ${name}: ${marks.join(' … ')}`);
  await writeFile(path, `${page.slice(0, from)}${marks[0]}\n${text}\n${page.slice(to)}`);
}

function sentenceOf([ours, ...others]) {
  const rates = others.map(({ name, rate }) => `${rounded(rate)} (${name})`);
  return `With no limit on the rate it changes ${rounded(ours.rate)} rows a second, its journal written. The same calls by other means, a second: ${rates.join(', ')}.`;
}

function rounded(rate) {
  return Number(rate.toPrecision(2)).toLocaleString('en');
}
