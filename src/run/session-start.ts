import { isDeepStrictEqual } from 'node:util';
import type { Machine } from '../disk/machine.ts';
import { viewPace } from '../pace/pace-view.ts';
import type { Clock } from '../model/clock.ts';
import type { Caller, RecordedOptions, SessionEntry } from '../store/journal-line.ts';
import type { SessionStart } from '../store/run-store.ts';
import type { RunRequest } from './request/run-request.ts';
import type { OpenService } from './service/open-service.ts';

/** A part of a session that is not as it was in the one before. */
export type SessionChange =
  | {
      readonly kind: 'caller';
      /** `undefined`: an earlier version noted none. `null`: not known. */
      readonly before: Caller | null | undefined;
      readonly now: Caller | null;
    }
  | {
      readonly kind: 'option';
      readonly name: string;
      /** `undefined`: not given. */
      readonly before: RecordedOptions[string] | undefined;
      readonly now: RecordedOptions[string] | undefined;
    };

interface Surroundings {
  readonly machine: Pick<Machine, 'host' | 'user'>;
  readonly clock: Pick<Clock, 'wallMs'>;
}

/** The session that is about to begin: who, where, and how. */
export function sessionStart(
  request: RunRequest,
  { machine: { host, user }, clock }: Surroundings,
  service: OpenService,
): SessionStart {
  return {
    t: 'session',
    at: new Date(clock.wallMs()).toISOString(),
    callsPerSecond: service.limits.writesPerSecond,
    callsPerDay: service.writesPerDay,
    usedInDay: viewPace(service.writePace, service.writeDay).state().usedInDay,
    ...(request.goOn !== undefined && { goOn: request.goOn }),
    ...(request.runIt !== undefined && { runIt: request.runIt }),
    tool: request.tool,
    caller: service.caller,
    host,
    user,
    options: request.options,
  };
}

/** The caller first, then options by name. Of options that an earlier version didn't note nothing is known. */
export function changesSince(before: SessionEntry, now: SessionStart): readonly SessionChange[] {
  const { caller = null, options = {} } = now;
  const known = before.options ?? options;
  const names = [...new Set([...Object.keys(known), ...Object.keys(options)])].toSorted();
  const changed = names.filter((name) => known[name] !== options[name]);
  return [
    ...(isSameCaller(before.caller, caller)
      ? []
      : [{ kind: 'caller', before: before.caller, now: caller } as const]),
    ...changed.map((name) => ({ kind: 'option', name, before: known[name], now: options[name] }) as const),
  ];
}

/** Where neither version nor service told a caller there is nothing to compare. */
function isSameCaller(before: Caller | null | undefined, now: Caller | null): boolean {
  return before === undefined ? now === null : isDeepStrictEqual(before, now);
}
