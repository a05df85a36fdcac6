import { expect, it, vi } from 'vitest';
import { notePace } from '../../src/calls/note-pace.ts';
import { fault } from '../results/samples.ts';

it('a pace hears of each answer, and of the least wait that a throttle asks for', () => {
  const noteAnswer = vi.fn<(answer: 'accepted' | 'throttled', leastPauseMs?: number) => void>();
  notePace({ noteAnswer }, { ok: true });
  notePace({ noteAnswer }, { ok: false, fault: fault('server', { retryAfterMs: 9 }) });
  notePace({ noteAnswer }, { ok: false, fault: fault('throttled') });
  notePace({ noteAnswer }, { ok: false, fault: fault('throttled', { retryAfterMs: 30_000 }) });
  expect(noteAnswer.mock.calls).toEqual([
    ['accepted'],
    ['accepted'],
    ['throttled', undefined],
    ['throttled', 30_000],
  ]);
});
