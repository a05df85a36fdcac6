import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { RunError } from '../../../model/run-error.ts';
import type { Disk } from '../../../disk/disk.ts';
import type { Machine } from '../../../disk/machine.ts';
import type { Holder } from '../../holder.ts';

/** The process that holds a lock, as its file says. */
export interface LockHolder {
  readonly host: string;
  readonly pid: number;
  /** Comparable on one machine and boot only; absent where the system does not tell. */
  readonly processStart?: string;
  readonly bootId?: string;
  /** Absent where there is no such thing, and in what an earlier version wrote. */
  readonly pidNamespace?: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** Its purpose, for people: `disassociate people.csv`. */
  readonly purpose: string;
  /** Different for every lock ever taken. */
  readonly token: string;
}

export interface Lock {
  readonly holder: LockHolder;
  /** Whether it was a dead process's, which may have left more behind. */
  readonly tookOver: boolean;
  /** `at`: where the lock's file is by now, if it was moved with its folder. */
  readonly release: (at?: string) => Promise<void>;
}

export interface LockRequest {
  readonly purpose: string;
  /** The code of the error where somebody else holds it. */
  readonly refusal: 'run_held' | 'account_held';
}

export interface LockDependencies {
  readonly disk: Disk;
  readonly machine: Machine;
  readonly wallMs: () => number;
}

/**
 * Takes the lock, or throws a `RunError` that names the process that has it. A lock whose process is surely gone
 * (same host, and another boot, no such process, or its id now belongs to a process started later) is taken over; of
 * several that try, one wins.
 */
export async function acquireLock(path: string, request: LockRequest, deps: LockDependencies): Promise<Lock> {
  const holder = await describeOurselves(request, deps);
  const tookOver = await take(path, { holder, request, deps });
  return {
    holder,
    tookOver,
    release: async (at = path) => {
      const current = await readLockHolder(at, deps.disk);
      if (current?.token === holder.token) await deps.disk.remove(at);
    },
  };
}

/** Who holds the lock, by its file; undefined where there is none. Says nothing of whether that process lives. */
export async function readLockHolder(path: string, disk: Disk): Promise<LockHolder | undefined> {
  const bytes = await disk.readWhole(path);
  return bytes === undefined ? undefined : parseHolder(path, Buffer.from(bytes).toString('utf8'));
}

/** Who holds the lock now, if anybody: a process that is surely gone holds nothing. */
export async function livingHolder(
  path: string,
  { disk, machine }: Pick<LockDependencies, 'disk' | 'machine'>,
): Promise<(LockHolder & Holder) | undefined> {
  const holder = await readLockHolder(path, disk);
  if (holder === undefined) return undefined;
  const state = await stateOf(holder, machine);
  if (state === 'gone') return undefined;
  return state === 'suspended' ? { ...holder, suspended: true } : holder;
}

/** The same for who only looks: a lock that can't be read, by a fault of the disk or of somebody, keeps nobody from that. */
export async function holderSeen(
  path: string,
  deps: Pick<LockDependencies, 'disk' | 'machine'>,
): Promise<{ readonly holder: Holder | undefined; readonly lockFault?: string }> {
  try {
    return { holder: await livingHolder(path, deps) };
  } catch (error) {
    if (!(error instanceof RunError) || error.advice?.code !== 'remove_lock_file') throw error;
    return { holder: undefined, lockFault: error.message };
  }
}

/** Linux has this for the processes of the machine itself: a container's are others. */
const NO_CONTAINER = 'pid:[4026531836]';

/**
 * Whether the holder's process is surely gone. When in doubt (another host, another container, no start time) it is not: containers
 * on two machines may have one host name.
 */
export async function isGone(holder: LockHolder, machine: Machine): Promise<boolean> {
  return (await stateOf(holder, machine)) === 'gone';
}

async function stateOf(holder: LockHolder, machine: Machine): Promise<'gone' | 'suspended' | 'held'> {
  if (holder.host !== machine.host) return 'held';
  const bootId = await machine.bootId();
  const { pidNamespace = NO_CONTAINER } = holder;
  if (bootId !== undefined && holder.bootId !== undefined && bootId !== holder.bootId) {
    return pidNamespace === NO_CONTAINER ? 'gone' : 'held';
  }
  const ours = await machine.pidNamespace();
  if (ours !== undefined && holder.pidNamespace !== undefined && ours !== pidNamespace) return 'held';
  const state = await machine.processState(holder.pid);
  if (!state.alive) return 'gone';
  if (state.startedAt === undefined || holder.processStart === undefined) return 'held';
  if (state.startedAt !== holder.processStart) return 'gone';
  return state.suspended === true ? 'suspended' : 'held';
}

interface Attempt {
  readonly holder: LockHolder;
  readonly request: LockRequest;
  readonly deps: LockDependencies;
}

/**
 * Replacing a dead process's lock is itself guarded by a lock, named after the dead one's token: only who has that
 * may replace it, and only while it is still there. So a slow process can't remove a lock that was renewed meanwhile. Gives whether
 * it was a dead process's.
 */
async function take(path: string, attempt: Attempt): Promise<boolean> {
  const { disk, machine } = attempt.deps;
  const content = Buffer.from(`${JSON.stringify(attempt.holder)}\n`);
  for (;;) {
    if (await disk.createExclusively(path, content)) return false;
    const found = await readWritten(path, disk);
    if (found === undefined) continue;
    if (!(await isGone(found, machine))) throw refusal(path, found, attempt.request);
    const guard = `${path}.${found.token}`;
    await take(guard, attempt);
    try {
      const still = await readLockHolder(path, disk);
      if (still?.token !== found.token) continue;
      await disk.replaceFile(path, content);
      return true;
    } finally {
      await disk.remove(guard);
    }
  }
}

const READINGS = 20;
const BETWEEN_READINGS_MS = 50;

/** Where a filesystem has no links, a lock stands there for a moment before its content does. */
async function readWritten(path: string, disk: Disk): Promise<LockHolder | undefined> {
  for (let reading = 1; ; reading += 1) {
    try {
      return await readLockHolder(path, disk);
    } catch (error) {
      if (reading === READINGS) throw error;
      await setTimeout(BETWEEN_READINGS_MS);
    }
  }
}

async function describeOurselves(request: LockRequest, deps: LockDependencies): Promise<LockHolder> {
  const { machine, wallMs } = deps;
  const [bootId, pidNamespace] = [await machine.bootId(), await machine.pidNamespace()];
  const state = await machine.processState(machine.pid);
  return {
    host: machine.host,
    pid: machine.pid,
    ...(state.alive && state.startedAt !== undefined && { processStart: state.startedAt }),
    ...(bootId !== undefined && { bootId }),
    ...(pidNamespace !== undefined && { pidNamespace }),
    since: new Date(wallMs()).toISOString(),
    purpose: request.purpose,
    token: randomBytes(8).toString('hex'),
  };
}

function refusal(path: string, holder: LockHolder, request: LockRequest): RunError {
  const what = request.refusal === 'run_held' ? 'This run' : "This account's quota ledger";
  return new RunError(
    request.refusal,
    `${what} is held by process ${holder.pid} on ${holder.host} since ${holder.since} (${holder.purpose}).`,
    { code: 'wait_for_holder', host: holder.host, path },
  );
}

function parseHolder(path: string, text: string): LockHolder {
  const value = parseJson(text);
  if (!isHolder(value)) {
    throw new RunError('state_damaged', `The lock file ${path} can't be read.`, { code: 'remove_lock_file' });
  }
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHolder(value: unknown): value is LockHolder {
  if (typeof value !== 'object' || value === null) return false;
  // Each member is checked below.
  const candidate = value as Partial<Record<keyof LockHolder, unknown>>;
  return (
    typeof candidate.pid === 'number' &&
    [candidate.host, candidate.since, candidate.purpose, candidate.token].every(
      (text) => typeof text === 'string',
    ) &&
    [candidate.processStart, candidate.bootId, candidate.pidNamespace].every(
      (text) => text === undefined || typeof text === 'string',
    )
  );
}
