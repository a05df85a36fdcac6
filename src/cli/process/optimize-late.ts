import { setFlagsFromString } from 'node:v8';

/**
 * For commands that may make few calls: V8 would optimize the parser of answers, which is WebAssembly, at the first answer or soon
 * after, with 20 MB and 30 to 150 ms of CPU time, and Node 20 and 22 do not end before that is done. Now it takes some two hundred
 * answers.
 */
export function optimizeLate(): void {
  setFlagsFromString('--wasm-tiering-budget=1000000000');
}
