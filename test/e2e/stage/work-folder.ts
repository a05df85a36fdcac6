import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { TestContext } from 'vitest';

/** Where one test runs the program: a folder and a home of its own, so that nothing of the user's is read or written. */
export interface WorkFolder {
  readonly path: string;
  /** HOME, state and AWS configuration inside the folder; no credentials, no endpoint. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly at: (name: string) => string;
  readonly write: (name: string, content: string | Uint8Array) => string;
  readonly read: (name: string) => string;
  readonly remove: (name: string) => void;
  /** Every file and empty folder in it, home included, sorted. */
  readonly names: () => readonly string[];
}

/** What clears up behind a test; a test's own context, so that tests may run side by side. */
export type Test = Pick<TestContext, 'onTestFinished'>;

/** Removed when the test ends. */
export function makeWorkFolder({ onTestFinished }: Test): WorkFolder {
  const path = mkdtempSync(join(tmpdir(), 'oppsweep-e2e-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const at = (name: string): string => join(path, name);
  mkdirSync(at('home'));
  return {
    path,
    env: {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('OPPSWEEP_'))),
      HOME: at('home'),
      USERPROFILE: at('home'),
      XDG_STATE_HOME: at('home/state'),
      AWS_CONFIG_FILE: at('home/no-config'),
      AWS_SHARED_CREDENTIALS_FILE: at('home/no-credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    at,
    write: (name, content) => {
      mkdirSync(dirname(at(name)), { recursive: true });
      writeFileSync(at(name), content);
      return at(name);
    },
    remove: (name) => {
      rmSync(at(name), { recursive: true });
    },
    read: (name) => readFileSync(at(name), 'utf8'),
    names: () => namesIn(path, path).toSorted(),
  };
}

function namesIn(folder: string, root: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const inside = entry.isDirectory() ? namesIn(path, root) : [];
    return inside.length > 0 ? inside : [relative(root, path)];
  });
}
