import type { ChainHead } from '../../journal-chain.ts';

/** A run as this process may write it: by its epoch, behind the lines that it has. */
export interface RunToken {
  readonly id: string;
  readonly epoch: string;
  /** As people are told of it. */
  readonly words: string;
  /** How far its lines have come for sure. */
  written: ChainHead;
  /** Nothing more is written once something was not. */
  failure: unknown;
}

/** An account whose writes are this process's. */
export interface AccountToken {
  readonly id: string;
  readonly epoch: string;
  readonly words: string;
  /** So many writes were counted for sure. */
  counted: number;
  failure: unknown;
}

export interface LineToWrite {
  readonly run: RunToken;
  /** With its newline. */
  readonly line: string;
  readonly isMark: boolean;
  /** How far the lines have come with it. */
  readonly head: ChainHead;
}

export interface CallToCount {
  readonly account: AccountToken;
  readonly atMs: number;
}

/** A line, a call, or both: then both are written, or none. */
export interface Write {
  readonly line?: LineToWrite;
  readonly call?: CallToCount;
}

/** A write that somebody waits for. */
export interface Queued extends Write {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}
