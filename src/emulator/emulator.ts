import type { Clock } from '../model/clock.ts';
import { AssociationStore } from './partner/association-store.ts';
import { CallLog, type EmulatorCounts, type ServedCall } from './call-log.ts';
import { NO_FAULTS, type FaultPlan, type ScriptedFault } from './faults/fault-plan.ts';
import { FaultSource } from './faults/fault-source.ts';
import { startHttpServer } from './http-server.ts';
import type { HttpServerOptions } from './http-server-options.ts';
import type { Inspected } from './inspection.ts';
import { LaggedState } from './partner/lagged-state.ts';
import { DetailsStore, type SeedLine } from './partner/opportunity-details.ts';
import type { PartnerState } from './partner/partner-state.ts';
import type { Latency } from './partner/latency.ts';
import { PartnerService, type ServiceParts } from './partner-service.ts';
import { Quota, type Limit } from './partner/quota.ts';
import { DEFAULT_READINGS, type Readings } from './partner/readings.ts';
import { seededDice } from './faults/seeded-dice.ts';
import type { Solution } from './partner/solution.ts';
import { KeyRing } from './partner/key-ring.ts';
import { Roles } from './partner/roles.ts';
import { SignatureVerifier } from './wire/signature.ts';

export { parseFaultPlan } from './faults/fault-plan.ts';

export interface EmulatorOptions extends Readings, HttpServerOptions {
  /** The associations that exist, and what their opportunities say of themselves. No others exist. */
  readonly seed: Iterable<SeedLine> | AsyncIterable<SeedLine>;
  /** The list that ListSolutions answers. */
  readonly solutions: readonly Solution[];
  readonly writesPerSecond: Limit;
  readonly readsPerSecond: Limit;
  /** In any 24 hours. */
  readonly writesPerDay: Limit;
  /** In any 24 hours. */
  readonly readsPerDay: Limit;
  readonly latency: Latency;
  readonly faults: FaultPlan;
  /** Settles which calls meet a fault and how long each takes, so that a run repeats. */
  readonly randomSeed: number;
  /** Whether calls are recorded (the newest 100,000) or only counted. */
  readonly record: boolean;
  readonly clock: Clock;
}

/** The service's documented quotas, no latency, no fault, and the readings of readings.ts. */
export const DEFAULT_EMULATOR_OPTIONS: Omit<EmulatorOptions, 'seed' | 'clock'> = {
  ...DEFAULT_READINGS,
  port: 0,
  solutions: [],
  requestTimeoutMs: 30_000,
  mostOpenRequests: 4096,
  writesPerSecond: 1,
  readsPerSecond: 10,
  writesPerDay: 10_000,
  readsPerDay: 100_000,
  latency: { meanMs: 0, jitterMs: 0 },
  faults: NO_FAULTS,
  randomSeed: 1,
  record: true,
};

/** The key pair it tells of; other accounts’ keys share its secret. It opens nothing but an emulator on this machine. */
export const EMULATOR_CREDENTIALS = {
  accessKeyId: 'OPPSWEEPEMULATORONLY',
  secretAccessKey: 'emulator-loopback-only-opens-nothing-000',
} as const;

/** The one session token it knows; requests without any are accepted too. */
export const EMULATOR_SESSION_TOKEN = 'emulator-session-token';

export interface Emulator {
  /** `http://127.0.0.1:PORT`: Partner Central, and two operations of STS. */
  readonly url: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The newest calls, oldest first; those under way are among them. */
  readonly calls: () => readonly ServedCall[];
  readonly counts: () => EmulatorCounts;
  /** The associations as they are now. */
  readonly associations: AssociationStore['associations'];
  /** Adds to what is left of the script. */
  readonly script: (faults: readonly ScriptedFault[]) => void;
  /** Ends what is left of the script; chances stay. */
  readonly clearScript: () => void;
  /** Ends every connection, those that hang too. */
  readonly close: () => Promise<void>;
}

/** @throws RunError `address_in_use`; whatever the seed throws. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { store, details } = await sown(options);
  const log = new CallLog(options.record);
  const faults = new FaultSource(options.faults, seededDice(options.randomSeed));
  const roles = new Roles(EMULATOR_CREDENTIALS.secretAccessKey);
  const inspected = { store, log, faults, roles };
  const service = partnerService(options, { ...inspected, details });
  const { url, close } = await startHttpServer({ service, inspected, clock: options.clock }, options);
  return {
    url,
    credentials: EMULATOR_CREDENTIALS,
    calls: () => log.recorded(),
    counts: () => log.counts(),
    associations: () => store.associations(),
    script: (scripted) => faults.addScript(scripted),
    clearScript: () => faults.clearScript(),
    close,
  };
}

async function sown({ seed, clock }: EmulatorOptions): Promise<Pick<PartnerState, 'store' | 'details'>> {
  const store = new AssociationStore();
  const details = new DetailsStore(clock.wallMs());
  for await (const line of seed) {
    store.seed(line);
    details.seed(line);
  }
  return { store, details };
}

/** Those of an account, from its first call on. */
function quotasOf(options: EmulatorOptions): ServiceParts['quotasOf'] {
  const { writesPerSecond, writesPerDay, readsPerSecond, readsPerDay, refusedCallsCount } = options;
  const byAccount = new Map<string, ReturnType<ServiceParts['quotasOf']>>();
  return (account) => {
    const known = byAccount.get(account);
    if (known !== undefined) return known;
    const quotas = {
      writes: new Quota({ perSecond: writesPerSecond, perDay: writesPerDay, refusedCallsCount }),
      reads: new Quota({ perSecond: readsPerSecond, perDay: readsPerDay, refusedCallsCount }),
    };
    byAccount.set(account, quotas);
    return quotas;
  };
}

function partnerService(
  options: EmulatorOptions,
  { store, details, log, faults, roles }: Inspected & Pick<PartnerState, 'details'>,
): PartnerService {
  const { clock, latency } = options;
  return new PartnerService({
    state: {
      store,
      lagged: new LaggedState(store, options.readLagMs),
      readings: options,
      roles,
      details,
      solutions: options.solutions,
      startedAtMs: clock.wallMs(),
    },
    verifier: new SignatureVerifier(
      new KeyRing({ ...EMULATOR_CREDENTIALS, sessionToken: EMULATOR_SESSION_TOKEN }, roles),
    ),
    quotasOf: quotasOf(options),
    faults,
    log,
    latency,
    // A stream of its own: other latencies leave the faults where they are.
    latencyDice: seededDice(options.randomSeed + 1),
    clock,
  });
}
