import { chmodSync } from 'node:fs';

const NOBODY = 65_534;

/** Does something while a folder may not be looked into; root, who may everything, does it as nobody. */
export async function keptFromUs<T>(folder: string, act: () => Promise<T>): Promise<T> {
  chmodSync(folder, 0o000);
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o700);
  }
}
