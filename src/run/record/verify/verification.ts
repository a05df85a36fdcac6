import type { Check } from './check-sessions.ts';

/** The checks of a run's parts, or of what is left of them. */
export interface Verification {
  readonly sound: boolean;
  readonly checks: readonly Check[];
  /** Of results whose folder is gone: what nothing is left to check by. */
  readonly notVerified?: readonly string[];
}

/** What checks come to: of a sound one nothing else was found. */
export function verificationOf(
  checks: readonly Check[],
  notVerified: Verification['notVerified'] = [],
): Verification & Required<Pick<Verification, 'notVerified'>> {
  return {
    sound: checks.every(({ sound }) => sound),
    checks: checks.map((check) => (check.sound ? { ...check, found: '' } : check)),
    notVerified,
  };
}
