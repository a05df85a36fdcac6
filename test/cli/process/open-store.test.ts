import { expect, it } from 'vitest';
import { openStore } from '../../../src/cli/process/open-store.ts';
import { realDisk } from '../../../src/disk/disk.ts';
import { thisMachine } from '../../../src/disk/machine.ts';
import { systemClock } from '../../../src/disk/system-clock.ts';
import { textWith } from '../../text-with.ts';

const DEPS = { disk: realDisk, machine: thisMachine, clock: systemClock, told: () => undefined };

it.each(['v20.18.1', 'v22.11.0'])(
  'a store is refused on Node %s, before anything is asked of it',
  async (node) => {
    await expect(openStore({ url: 'no URL', timeoutMs: 0 }, DEPS, node)).rejects.toMatchObject({
      name: 'RunError',
      code: 'usage',
      message: textWith(`needs Node 22.12 or newer, and this is ${node.replace('v', 'Node ')}`),
      advice: { code: 'install_node' },
    });
  },
);

it.each(['v22.12.0', 'v24.0.0', 'v26.1.0'])('on Node %s it is looked at', async (node) => {
  await expect(openStore({ url: 'no URL', timeoutMs: 0 }, DEPS, node)).rejects.toMatchObject({
    message: textWith('no URL of a PostgreSQL database'),
  });
});
