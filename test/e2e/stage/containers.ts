import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestContext } from 'vitest';
import { PROGRAM, startProcess, type Running, type Surroundings } from './program.ts';

/** Where processes run: as in a container, they see none of those elsewhere. */
export interface Container {
  readonly start: (args: readonly string[], surroundings: Surroundings) => Running;
}

/** Two process id namespaces on one disk; the test is skipped where the system allows none. */
export async function openContainers(task: TestContext): Promise<readonly [Container, Container]> {
  const tried = spawnSync('unshare', [...NEW, 'true']);
  if (tried.status !== 0) task.skip('this system allows no process id namespace (unshare)');
  return [await openContainer(task), await openContainer(task)];
}

const NEW = ['--pid', '--fork', '--mount-proc', '--kill-child'];

async function openContainer({ onTestFinished }: TestContext): Promise<Container> {
  // Its first process, which lasts as long as the namespace.
  const keeper = spawn('unshare', [...NEW, 'sleep', 'infinity'], { stdio: 'ignore' });
  onTestFinished(() => {
    keeper.kill('SIGKILL');
  });
  while (childOf(keeper.pid) === undefined) await delay(5);
  const target = String(childOf(keeper.pid));
  return {
    start: (args, surroundings) => {
      const inside = ['--target', target, '--pid', '--mount', `--wd=${surroundings.path}`];
      const running = startProcess(
        'nsenter',
        [...inside, '--', process.execPath, PROGRAM, ...args],
        surroundings,
      );
      return { ...running, send: (signal) => void sendToChild(running, signal) };
    },
  };
}

/** nsenter dies of the same signal as its child. */
async function sendToChild({ pid, ended }: Running, signal: NodeJS.Signals): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  for (let child = childOf(pid); !over; child = childOf(pid)) {
    if (child !== undefined) {
      process.kill(child, signal);
      // It stops when its child does.
      if (signal === 'SIGCONT') process.kill(pid, signal);
      return;
    }
    await delay(1);
  }
}

function childOf(pid: number | undefined): number | undefined {
  try {
    const [first = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    return first === '' ? undefined : Number(first);
  } catch {
    // It has ended.
    return undefined;
  }
}
