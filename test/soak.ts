/** Set by `npm run soak`, which runs the files named `*.soak.test.ts`; those alone read their figures from here. */
const LARGE = process.env['OPPSWEEP_SOAK'] === '1';

/** How many cases to try: the large figure in a soak, else a twentieth of it. */
export function cases(large: number): number {
  return LARGE ? large : Math.ceil(large / 20);
}

/** Where a fault is tried at every call in turn: at each in a soak, else at one of 19, so that calls of each kind have their turn. */
export const FAULT_STEP: number = LARGE ? 1 : 19;
