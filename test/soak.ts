const LARGE = process.env['OPPSWEEP_SOAK'] === '1';

/** How many cases to try: the large figure under `npm run soak`, else a twentieth of it. */
export function cases(large: number): number {
  return LARGE ? large : Math.ceil(large / 20);
}
