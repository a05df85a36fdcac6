import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

const PRELOAD = new URL('note-cost.mjs', import.meta.url).href;
let processes = 0;

/**
 * What a process of its own cost, from its start to its end.
 *
 * @typedef {object} NodeRun
 * @property {number} exitCode
 * @property {string} stdout
 * @property {string} stderr
 * @property {number} wallMs
 * @property {number} cpuMs user and system
 * @property {number} peakRssMb the most memory it ever held, in MB of 2^20 bytes
 */

/**
 * Runs Node in a process of its own and waits for its end.
 *
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} [env] added to this process's own
 * @returns {Promise<NodeRun>}
 */
export async function runNode(args, env = {}) {
  processes += 1;
  const costFile = join(tmpdir(), `oppsweep-bench-cost-${process.pid}-${processes}.json`);
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', PRELOAD, ...args], {
    env: { ...process.env, ...env, OPPSWEEP_BENCH_COST: costFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  const [exitCode] = await once(child, 'close');
  const wallMs = performance.now() - startedMs;
  const cost = JSON.parse(await readFile(costFile, 'utf8'));
  await rm(costFile);
  return { exitCode, stdout, stderr, wallMs, cpuMs: cost.cpuMs, peakRssMb: cost.peakRssMb };
}

/**
 * Throws with what the process said unless it ended as it should.
 *
 * @param {NodeRun} run
 * @param {number} [exitCode]
 * @returns {NodeRun}
 */
export function assertExit(run, exitCode = 0) {
  if (run.exitCode !== exitCode) {
    throw new Error(`It ended with ${run.exitCode} where ${exitCode} was due:\n${run.stdout}\n${run.stderr}`);
  }
  return run;
}
