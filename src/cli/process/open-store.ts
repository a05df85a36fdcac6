import { RunError } from '../../model/run-error.ts';
import type {
  PostgresHome,
  PostgresHomeDependencies,
  PostgresHomeOptions,
} from '../../store/postgres/postgres-home.ts';

/** Opens a home in PostgreSQL, whose package is loaded by that alone. `node`: its version, such as `v20.18.1`. */
export async function openStore(
  options: PostgresHomeOptions,
  deps: PostgresHomeDependencies,
  node: string = process.version,
): Promise<PostgresHome> {
  if (!isNewEnough(node)) {
    throw new RunError(
      'usage',
      `A store needs Node ${OLDEST.join('.')} or newer, and this is ${node.replace('v', 'Node ')}.`,
      { code: 'install_node' },
    );
  }
  const { openPostgresHome } = await import('../../store/postgres/postgres-home.ts');
  return openPostgresHome(options, deps);
}

const OLDEST = [22, 12] as const;

function isNewEnough(node: string): boolean {
  const [major = 0, minor = 0] = node.replace('v', '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
