import { describe, expect, it } from 'vitest';
import type { Dispatcher } from 'undici';
import { exchange } from '../../../src/partner-central/wire/exchange.ts';

describe('exchange', () => {
  it('tells that a request left once it is written, not before: the process may stall between the two', async () => {
    const told: string[] = [];
    const controller = { abort: () => undefined } as unknown as Dispatcher.DispatchController; // all that is asked of it
    const dispatch: Dispatcher['dispatch'] = (_options, handler) => {
      handler.onRequestStart?.(controller, undefined);
      told.push('written');
      return true;
    };
    void exchange({ dispatch } as Dispatcher, {
      endpoint: new URL('http://127.0.0.1'),
      proxy: undefined,
      method: 'POST',
      path: '/',
      headers: {},
      body: '{}',
      changes: true,
      timeoutMs: 0,
      leaves: () => () => told.push('left'),
    });
    expect(told).toEqual(['written']);
    await Promise.resolve();
    expect(told).toEqual(['written', 'left']);
  });
});
