import { Command } from 'commander';
import { expect, it } from 'vitest';
import { addRunFlags, type RunFlags } from '../../../src/cli/options/run-flags.ts';
import type { RunOutlets } from '../../../src/cli/screen/run-outlets.ts';
import { createRunScreen } from '../../../src/cli/screen/run-screen.ts';
import type { RunEventName } from '../../../src/cli/words/progress/run-event.ts';
import type { JobSpec } from '../../../src/run/request/run-job-spec.ts';
import { pieces } from '../../results/samples.ts';
import { makeContext } from '../fake-context.ts';

it('a wait has an event where it begins and one where it is over', () => {
  const heard: RunEventName[] = [];
  const outlets: RunOutlets = {
    concerns: () => undefined,
    words: () => undefined,
    event: (name) => void heard.push(name),
    began: () => undefined,
    ended: () => undefined,
    refused: () => undefined,
    tellTroubleBy: () => undefined,
    close: async () => undefined,
  };
  const spec: JobSpec = {
    command: 'disassociate',
    planOnly: false,
    inputName: 'people.csv',
    inputOptions: {},
    inputBytes: pieces(Buffer.from('')),
    defaultResults: undefined,
    operationOf: () => 'disassociate',
    provenIds: false,
    purpose: 'a test',
  };
  const flags: RunFlags = addRunFlags(new Command()).parse([], { from: 'user' }).opts();
  const { events } = createRunScreen(spec, flags, outlets, makeContext().context);
  events.outageBegan({ kind: 'unreachable', exception: 'NetworkError', message: 'reset' }, 60_000);
  events.outageEnded(5_000);
  events.signInEnded(undefined, 60_000);
  events.signInBack(5_000);
  expect(heard).toEqual(['outage', 'outage_over', 'credentials_expiring', 'credentials_back']);
});
