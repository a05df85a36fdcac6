import { thisMachine } from '../../../../src/disk/machine.ts';

/** The lock of a process of this machine that was cut off. */
export const LOCK_OF_THE_DEAD: string = JSON.stringify({
  host: thisMachine.host,
  pid: 1,
  since: '2025-01-31T12:00:00.000Z',
  purpose: 'a test',
  token: '0123456789abcdef',
});
