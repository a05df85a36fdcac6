import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('plain-server.mjs', import.meta.url));

/**
 * What the server saw; the times are its own, milliseconds.
 *
 * @typedef {object} ServerCounts
 * @property {number} writes let in
 * @property {number} reads
 * @property {number} throttled
 * @property {number} firstMs when the first write was let in
 * @property {number} lastMs
 * @property {number} accounts whose writes were let in
 * @property {number} nowMs
 */

/**
 * Gives `work` a plain server in a process of its own, and stops it afterwards.
 *
 * @template Result
 * @param {{ rate?: number, latencyMs?: [number, number], opportunities?: number, perAccount?: boolean }} behaviour
 * @param {(server: { env: NodeJS.ProcessEnv, counts: () => Promise<ServerCounts> }) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function withServer(behaviour, work) {
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(behaviour)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  try {
    const [address] = await once(child.stdout.setEncoding('utf8'), 'data');
    const url = address.trim();
    return await work({
      env: envOf(url),
      counts: async () => (await fetch(`${url}/counts`, { headers: { connection: 'close' } })).json(),
    });
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

/** What every client needs to reach it, and nothing of whoever runs the bench. */
function envOf(url) {
  return {
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: url,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    AWS_CA_BUNDLE: undefined,
    REQUESTS_CA_BUNDLE: undefined,
  };
}
