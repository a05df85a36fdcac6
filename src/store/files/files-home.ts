import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Home } from '../run-store.ts';
import { fileQuotas } from './file-quotas.ts';
import { fileRuns } from './file-runs.ts';
import type { FolderDependencies } from './run-folder/own-files.ts';

export interface FilesHomeDependencies extends FolderDependencies {
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The default home: runs stand in folders beside their inputs, the counts of accounts' calls in the user's state folder. */
export function filesHome(deps: FilesHomeDependencies): Home {
  return { runs: fileRuns(deps), quotas: fileQuotas({ ...deps, stateHome: stateHome(deps.env) }) };
}

/**
 * Where a user's programs keep their state (XDG Base Directory Specification). A relative path there is to be ignored: each folder
 * would have a quota of its own.
 */
export function stateHome(env: FilesHomeDependencies['env']): string {
  const own = env['XDG_STATE_HOME'];
  return own !== undefined && isAbsolute(own) ? own : join(homedir(), '.local', 'state');
}
