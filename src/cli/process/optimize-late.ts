import { setFlagsFromString } from 'node:v8';

/** Newer ones wait for longer by themselves. */
const FIRST_PATIENT = 24;

/**
 * For commands that may make few calls: V8 would optimize the parser of answers, which is WebAssembly, from the first answer on, and a process does not
 * end before that is done: a twelfth of a second later, and with 30 MB more. Now it takes some two hundred answers.
 */
export function optimizeLate(): void {
  if (Number.parseInt(process.versions.node, 10) >= FIRST_PATIENT) return;
  setFlagsFromString('--wasm-tiering-budget=1000000000');
}
