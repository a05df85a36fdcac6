import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const MAIN = fileURLToPath(new URL('../dist/main.cjs', import.meta.url));

const PRELOAD = new URL('note-cost.mjs', import.meta.url).href;
let processes = 0;

/**
 * What a process of its own cost, from its start to its end.
 *
 * @typedef {object} ProcessRun
 * @property {number} exitCode
 * @property {string} stdout
 * @property {string} stderr
 * @property {number} wallMs
 * @property {number} cpuMs user and system
 * @property {number} [peakRssMb] the most memory it ever held, in MB of 2^20 bytes
 */

/**
 * Runs Node in a process of its own and waits for its end.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] added to this process's own
 * @returns {Promise<ProcessRun>}
 */
export async function runNode(args, env = {}) {
  const { run, cost } = startNode(args, env);
  return { ...(await run), ...(await cost()) };
}

/**
 * Starts Node in a process of its own; `cost` is there once it has ended.
 *
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
export function startNode(args, env = {}) {
  processes += 1;
  const costFile = join(tmpdir(), `oppsweep-bench-cost-${process.pid}-${processes}.json`);
  const command = [process.execPath, '--import', PRELOAD, ...args];
  // Named as no option's variable would be: for one that a command does not know it loads all others.
  const { child, run } = startCommand(command, { ...env, NOTED_COST: costFile });
  return {
    child,
    run,
    cost: async () => {
      await run;
      const cost = JSON.parse(await readFile(costFile, 'utf8'));
      await rm(costFile);
      return cost;
    },
  };
}

/**
 * Runs any other command, whose memory nobody tells; all the processes that it starts count for its CPU time.
 *
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} [env] added to this process's own
 * @returns {Promise<ProcessRun>}
 */
export async function runOther(command, env = {}) {
  const timed = ['sh', '-c', '"$@"; code=$?; times >&2; exit $code', 'sh', ...command];
  const run = await startCommand(timed, env).run;
  const [user, system] = [...run.stderr.matchAll(/(\d+)m([\d.]+)s/g)].slice(-2);
  return { ...run, cpuMs: timeMs(user) + timeMs(system) };
}

function timeMs([, minutes, seconds]) {
  return (Number(minutes) * 60 + Number(seconds)) * 1000;
}

function startCommand([file, ...args], env) {
  const startedMs = performance.now();
  const child = spawn(file, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  // A bench that fails, or is stopped, leaves nothing behind that works on.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const run = once(child, 'close').then(([exitCode]) => ({
    exitCode,
    stdout,
    stderr,
    wallMs: performance.now() - startedMs,
  }));
  void run.then(() => process.off('exit', kill));
  return { child, run };
}

/**
 * Throws with what the process said unless it ended as it should.
 *
 * @param {ProcessRun} run
 * @param {number} [exitCode]
 * @returns {ProcessRun}
 */
export function assertExit(run, exitCode = 0) {
  if (run.exitCode !== exitCode) {
    throw new Error(`It ended with ${run.exitCode} where ${exitCode} was due:\n${run.stdout}\n${run.stderr}`);
  }
  return run;
}
