import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { MAIN } from './run-process.mjs';

/**
 * @typedef {object} EmulatorProcess
 * @property {string} url
 * @property {Readonly<Record<string, string>>} env what a client needs to reach it
 * @property {() => Promise<import('../build/emulator/emulator.js').ServedCall[]>} calls the newest 100,000
 * @property {() => Promise<import('../build/emulator/call-log.js').EmulatorCounts>} counts
 * @property {() => Promise<void>} close
 */

/**
 * Starts the built emulator in a process of its own, on loopback.
 *
 * @param {string} flags of `oppsweep emulator`, on one line
 * @returns {Promise<EmulatorProcess>}
 */
export async function startEmulatorProcess(flags) {
  const child = spawn(process.execPath, [MAIN, 'emulator', ...flags.split(' ')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const env = exportsOf(await wholeOutput(child));
  const url = env['AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING'];
  /** @param {string} name */
  const ask = async (name) => (await fetch(`${url}/_emulator/${name}`)).text();
  return {
    url,
    env,
    calls: async () =>
      (await ask('calls'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    counts: async () => JSON.parse(await ask('counts')),
    close: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Until it has told the last of its three exports, or ended. */
async function wholeOutput(child) {
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  for await (const text of child.stdout.setEncoding('utf8')) {
    stdout += text;
    if (/ENDPOINT_URL\w*=\S+\n/.test(stdout)) {
      child.stdout.resume();
      return stdout;
    }
  }
  throw new Error(`The emulator did not start: ${stderr}`);
}

function exportsOf(text) {
  return Object.fromEntries(
    [...text.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
}
