import type { Write, WriteAnswer } from '../../src/model/call.ts';
import { NO_PREFLIGHT } from '../../src/calls/look/preflight.ts';
import type { Sighting } from '../../src/calls/settle-call.ts';
import type { RowPorts } from '../../src/calls/settle-step.ts';
import { fault } from '../results/samples.ts';

/** One answer to a write: `ok`, or the kind of its fault; `excused`: every row would have met it. */
export type Reply =
  | 'ok'
  | Parameters<typeof fault>[0]
  | { readonly excused: Parameters<typeof fault>[0] }
  | { readonly answer: WriteAnswer };

/** Ports that answer from a script, and write down what they were asked. */
export interface ScriptedPorts extends RowPorts {
  /** `send new`, `send retry`, `look`, `lookTwice`, `backOff`, in their order; sends of two operations are told apart. */
  readonly asked: readonly string[];
}

export interface Script {
  readonly replies: readonly Reply[];
  readonly sightings?: readonly Sighting[];
  readonly maxAttempts?: number;
  readonly clear?: RowPorts['clear'];
  readonly readLagMs?: number;
}

/** Throws where more is asked than the script answers. */
export function scriptedPorts(script: Script): ScriptedPorts {
  const replies = [...script.replies];
  const sightings = [...(script.sightings ?? [])];
  const asked: string[] = [];
  let attempts = 0;
  const sighting = (how: string, { operation }: Write): Promise<Sighting> => {
    asked.push(`${how} ${operation.replace('Opportunity', '')}`);
    return Promise.resolve(next(sightings, how));
  };
  return {
    asked,
    send: async ({ operation }, priority, part) => {
      asked.push(
        `${priority} ${operation.replace('Opportunity', '')}${part === undefined ? '' : ` to ${part.kind}`}`,
      );
      attempts += 1;
      return judged(next(replies, 'send'));
    },
    look: (write) => sighting('look', write),
    lookTwice: (write) => sighting('look twice', write),
    backOff: async (delayMs) => {
      asked.push(`wait ${delayMs}`);
    },
    mender: () => async () => undefined,
    whileHeld: () => async () => undefined,
    clear: script.clear ?? NO_PREFLIGHT.clear,
    readLagMs: script.readLagMs ?? 0,
    record: () => ({ attempts, requestIds: [] }),
    retryPolicy: { maxAttempts: script.maxAttempts ?? 3, baseMs: 100, capMs: 1_000 },
    dice: () => 0.5,
  };
}

function judged(reply: Reply): Awaited<ReturnType<RowPorts['send']>> {
  if (reply === 'ok') return { answer: { ok: true }, excused: false };
  if (typeof reply === 'string') return { answer: { ok: false, fault: fault(reply) }, excused: false };
  if ('answer' in reply) return { answer: reply.answer, excused: false };
  return { answer: { ok: false, fault: fault(reply.excused) }, excused: true };
}

function next<T>(script: T[], what: string): T {
  const first = script.shift();
  if (first === undefined) throw new Error(`The script has no further answer to ${what}.`);
  return first;
}
