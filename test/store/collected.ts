import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What nothing refers to is gone. */
export async function collected(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  await new Promise((resolve) => setImmediate(resolve));
  collect();
}
