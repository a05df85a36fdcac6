// `npm run bench`: measures the built program beside its peers, prints what it found, and keeps it in docs/benchmarks.md.
// `npm run bench -- calls check` measures those alone, and `-- fleet` what all do not: it needs a newer Node, and PostgreSQL; `--quick` counts on a hundredth of the rows, once, and keeps nothing.
import { parseArgs } from 'node:util';
import { benchFleet } from './fleet.mjs';
import { inBenchFolder } from './bench-folder.mjs';
import { benchCalls } from './calls.mjs';
import { benchCheck } from './check.mjs';
import { keepFigures } from './keep-figures.mjs';
import { machineLine } from './print-figures.mjs';
import { benchQuota } from './quota.mjs';
import { benchScale } from './scale.mjs';
import { benchStart } from './start.mjs';

/**
 * @typedef {object} BenchOptions
 * @property {string} folder of its own, for this section's files
 * @property {number} rounds
 * @property {number} shrink by how much the usual rows are divided
 *
 * @typedef {object} Measured
 * @property {string} title
 * @property {string} table
 * @property {readonly string[]} verdicts
 * @property {readonly { name: string, rate: number }[]} [chart] what is drawn, where anything is
 * @property {readonly string[]} [versions]
 *
 * @typedef {(options: BenchOptions) => Promise<Measured>} Section
 */

/** @type {Readonly<Record<string, Section>>} */
const USUAL = {
  start: benchStart,
  calls: benchCalls,
  quota: benchQuota,
  check: benchCheck,
  scale: benchScale,
};
/** @type {Readonly<Record<string, Section>>} */
const SECTIONS = { ...USUAL, fleet: benchFleet };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, rounds: { type: 'string', default: '5' } },
});
const names = positionals.length === 0 ? Object.keys(USUAL) : positionals;
const unknown = names.filter((name) => !(name in SECTIONS));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}: ${Object.keys(SECTIONS).join(', ')}.`);
  process.exit(2);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
console.log(machineLine());
for (const name of names) {
  await inBenchFolder(async (folder) => {
    const rounds = values.quick ? 1 : Number(values.rounds);
    const measured = await SECTIONS[name]({ folder, rounds, shrink: values.quick ? 100 : 1 });
    console.log(`\n## ${name}: ${measured.title}\n\n${measured.table}\n`);
    // A hundredth of the rows shows that all of it works, and nothing of how fast.
    if (values.quick) return;
    for (const verdict of measured.verdicts) console.log(verdict);
    await keepFigures(name, measured);
  });
}
