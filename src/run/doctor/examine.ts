import { RunError } from '../../model/run-error.ts';
import { checkAccount, checkCredentials, checkReading } from './check-access.ts';
import { checkPlace } from './check-place.ts';
import { checkQuota } from './check-quota.ts';
import { checkClock, checkConfiguration, checkEndpoint, checkNetwork } from './check-way.ts';
import type { Check, CheckName, Findings } from './check.ts';
import { held, type DoctorDependencies, type DoctorOptions, type Examination } from './examination.ts';

/** A check, and the ones whose findings it needs. */
interface Step<Name extends CheckName> {
  readonly needs: readonly CheckName[];
  readonly check: (examination: Examination) => Promise<Findings[Name]>;
}

/** In the order that a run meets them. */
const STEPS: { readonly [Name in CheckName]: Step<Name> } = {
  configuration: { needs: [], check: checkConfiguration },
  endpoint: { needs: ['configuration'], check: checkEndpoint },
  network: { needs: ['configuration', 'endpoint'], check: checkNetwork },
  clock: { needs: ['network'], check: checkClock },
  credentials: { needs: ['network'], check: checkCredentials },
  account: { needs: ['credentials'], check: checkAccount },
  quota: { needs: ['account'], check: checkQuota },
  reading: { needs: ['account'], check: checkReading },
  place: { needs: [], check: checkPlace },
};

/**
 * Looks whether a run would work now, one check after the other, and changes nothing. Rejects only with the signal's reason
 * and with errors that are nobody's but ours.
 */
export async function* examine(
  options: DoctorOptions,
  deps: DoctorDependencies,
): AsyncGenerator<Check, void, undefined> {
  const findings: Partial<Findings> = {};
  const found: Examination['found'] = (name) => held(findings[name] as Findings[typeof name] | undefined);
  const examination: Examination = { ...options, ...deps, found, lent: {} };
  // Object.keys forgets the names that STEPS is declared with.
  for (const name of Object.keys(STEPS) as CheckName[]) {
    yield await take(name, STEPS[name], { examination, findings });
  }
}

interface Ward {
  readonly examination: Examination;
  readonly findings: Partial<Findings>;
}

async function take<Name extends CheckName>(
  name: Name,
  { needs, check }: Step<Name>,
  { examination, findings }: Ward,
): Promise<Check> {
  const by = needs.find((needed) => findings[needed] === undefined);
  // One name and its own findings: the compiler does not follow that through a union.
  if (by !== undefined) return { name, state: 'blocked', by };
  try {
    const found = await check(examination);
    findings[name] = found;
    return { name, state: 'sound', found } as Check;
  } catch (error) {
    examination.signal.throwIfAborted();
    if (!(error instanceof RunError)) throw error;
    return { name, state: 'unsound', error };
  }
}
