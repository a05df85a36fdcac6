import { Buffer } from 'node:buffer';
import type { Disk } from '../../disk/disk.ts';
import type { Clock } from '../../model/clock.ts';
import { RunError } from '../../model/run-error.ts';
import { harmless } from './terminal.ts';

/** A log that grows beside a run and never holds it up. */
export interface LogFile {
  /** Whole lines, in their order; resolves to nothing, and fails for nobody. */
  readonly write: (lines: string) => void;
  /** The same before it returns, but for a disk that has not yet taken what came before: nobody waits for one that hangs. */
  readonly writeNow: (lines: string) => void;
  /** Waits a moment for what is still to be written. */
  readonly close: () => Promise<void>;
}

/** A disk that hangs keeps no finished run from ending. */
const PATIENCE_MS = 1_000;
/** As many lines may wait for a disk that hangs. */
const MOST_WAITING = 1_000;

/** A line of ours begins with its moment, or is an object with a version. */
const OURS: Readonly<Record<LogPlace['format'], RegExp>> = {
  text: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z {2}/,
  json: /^\{"version":\d/,
};

export interface LogPlace {
  readonly path: string;
  /** Whoever reads one finds nothing of the other in it. */
  readonly format: 'text' | 'json';
}

/**
 * Opens a log to append to it, following no link. Nothing that isn't a log of this program is ever appended to: it may be the input.
 *
 * @param onTrouble told once, the first time that a line can't be written
 * @throws RunError `output_unwritable`
 */
export async function openLogFile(
  { path, format }: LogPlace,
  onTrouble: (why: string) => void,
  { disk, clock }: { readonly disk: Disk; readonly clock: Clock },
): Promise<LogFile> {
  const refuse = (why: string, cause?: unknown): RunError =>
    new RunError('output_unwritable', `The log ${path} ${why}.`, { code: 'name_log' }, cause);
  const unwritable = (cause: unknown): never => {
    throw refuse(`could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`, cause);
  };
  const standing = await disk.look(path).catch(unwritable);
  if (standing !== undefined && !standing.isFile)
    throw refuse('is a link, a folder or a device, and no file');
  const began = standing === undefined ? '' : await beginning(path, disk).catch(unwritable);
  if (began !== '' && !OURS[format].test(began)) {
    throw refuse(`exists, and is no log of this program in the format ${format}`);
  }
  const file = await disk.openForAppend(path).catch(unwritable);
  let waiting = 0;
  let last = Promise.resolve();
  let troubled = false;
  const tellOnce = (error: unknown): void => {
    if (troubled) return;
    troubled = true;
    onTrouble(error instanceof Error ? error.message : String(error));
  };
  return {
    write: (lines) => {
      if (waiting >= MOST_WAITING) {
        tellOnce(new Error('the disk takes no more lines'));
        return;
      }
      waiting += 1;
      last = file
        .append(Buffer.from(harmless(lines)))
        .catch(tellOnce)
        .finally(() => {
          waiting -= 1;
        });
    },
    writeNow: (lines) => {
      if (waiting > 0) return;
      try {
        file.appendNow(Buffer.from(harmless(lines)));
      } catch (error) {
        tellOnce(error);
      }
    },
    close: async () => {
      const enough = new AbortController();
      const ended = last.then(() => file.close()).catch(tellOnce);
      await Promise.race([ended, clock.sleep(PATIENCE_MS, enough.signal).catch(() => undefined)]);
      enough.abort();
    },
  };
}

async function beginning(path: string, disk: Disk): Promise<string> {
  for await (const bytes of disk.read(path)) {
    if (bytes.length > 0) return Buffer.from(bytes.subarray(0, 40)).toString('utf8');
  }
  return '';
}
