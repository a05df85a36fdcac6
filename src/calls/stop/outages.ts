import type { Clock } from '../../model/clock.ts';
import type { OpportunityId } from '../../model/entity.ts';
import { assertNever } from '../../model/fault.ts';
import { onAbort } from '../../model/on-abort.ts';
import { RunError } from '../../model/run-error.ts';
import { createAlarm, type Alarm } from './alarm.ts';
import { AnsweredLately } from './answered-lately.ts';
import { ExcusedOnce } from './excused-once.ts';
import { HeldAnswers, type Asked, type HeldAnswer, type Verdict } from './held-answers.ts';
import { createHold, type SwitchedHold } from './hold-calls.ts';
import { inquire, type OutageNews } from './inquire.ts';
import { RowsInHand } from './rows-in-hand.ts';
import { watchHealth, type Answer, type ServiceHealth } from './service-health.ts';
import { accessDenied } from './stop-reasons.ts';
import type { StopSwitch } from './stop-switch.ts';

/**
 * Judges each answer, and holds whoever had an unusable one until another answer tells whose fault it is. Where none does,
 * no call leaves while the service is asked by probes: reads of an opportunity that it has answered for.
 */
export interface Outages {
  /** `excused`: every row would have met it. Rejects with what stops the run. */
  readonly judge: (asked: Asked, answer: Answer) => Promise<Verdict>;
  /** On while the service is asked whether it is there; others may turn it on for reasons of theirs. */
  readonly hold: SwitchedHold;
  /** An earlier session had a usable answer for this opportunity. */
  readonly answeredBefore: (id: OpportunityId) => void;
  /** Whether a look was let through in this session. */
  readonly mayLook: () => boolean;
  /** A row takes a slot, its turn comes where it has to wait for it, and it ends: tells when only held rows are left. */
  readonly rowTaken: (waits: boolean) => void;
  readonly turnCame: () => void;
  readonly rowEnded: () => void;
  readonly inputEnded: () => void;
}

export interface OutageOptions {
  readonly probe: (id: OpportunityId, signal: AbortSignal) => Promise<Answer>;
  readonly news: OutageNews;
  readonly stopSwitch: StopSwitch;
  readonly clock: Clock;
  /** Rows that may be under way at once. */
  readonly slots: number;
  /** How long a service that gives no usable answer is waited for, milliseconds. */
  readonly waitMs: number;
}

/** Unusable answers without a usable one in between that make a streak. */
const STREAK = 5;
/** The first calls of a run, all denied: so will those be that follow. */
const FIRST_CALLS_DENIED = 3;
/** Nobody is held longer before the service is asked. */
const HELD_TOO_LONG_MS = 2_000;

export function watchOutages(options: OutageOptions): Outages {
  const watch = new OutageWatch(options);
  return {
    judge: watch.judge,
    hold: watch.hold,
    answeredBefore: watch.answeredBefore,
    mayLook: watch.health.mayLook,
    rowTaken: (waits) => watch.counting((rows) => rows.count(1, waits ? 1 : 0)),
    turnCame: () => watch.counting((rows) => rows.count(0, -1)),
    rowEnded: () => watch.counting((rows) => rows.count(-1, 0)),
    inputEnded: () => watch.counting((rows) => rows.inputEnded()),
  };
}

/** An inquiry whether the service is there. */
interface UnderWay {
  readonly ending: AbortController;
  /** A probe of it had no usable answer. */
  failing: boolean;
}

class OutageWatch {
  readonly health: ServiceHealth;
  readonly hold: SwitchedHold = createHold();
  readonly #options: OutageOptions;
  readonly #held: HeldAnswers;
  readonly #rows: RowsInHand;
  readonly #answered: AnsweredLately = new AnsweredLately();
  #ranBefore = false;
  /** A streak of denials was taken for the rows' own, though no row of this session was let through. */
  #blamed = false;
  #inquiry: UnderWay | undefined;
  readonly #excused = new ExcusedOnce();
  /** Rows may wait for what is held in ways that nobody counts: for a look that they share, or for their turn to look. */
  readonly #heldTooLong: Alarm;

  constructor(options: OutageOptions) {
    this.#options = options;
    this.#rows = new RowsInHand(options.slots);
    this.#held = new HeldAnswers(options.stopSwitch.signal);
    this.health = watchHealth(options.clock, () => this.#ranBefore);
    this.#heldTooLong = createAlarm(options.clock, HELD_TOO_LONG_MS, options.stopSwitch.signal, () => {
      const first = this.#held.all().find((held) => !this.#mayBeDeniedToAll(held));
      if (first !== undefined && this.#inquiry === undefined) void this.#inquire(first);
    });
  }

  readonly judge = async (asked: Asked, answer: Answer): Promise<Verdict> => {
    if (answer.ok) this.#answered.note(asked.opportunityId);
    const meaning = this.health.judge(asked.by, answer);
    switch (meaning.kind) {
      case 'stop':
        this.#options.stopSwitch.stop(meaning.reason);
        throw meaning.reason;
      case 'usable':
        this.#excused.answered(asked.by);
        this.#heardOfService();
        return 'row';
      case 'held': {
        const told = this.#held.hold({ asked, fault: meaning.fault });
        if (this.#inquiry === undefined) this.#heldTooLong.set();
        this.#checkSoon();
        return told;
      }
      case 'row':
      case 'excused':
        return meaning.kind;
      default:
        return assertNever(meaning);
    }
  };

  readonly answeredBefore = (id: OpportunityId): void => {
    this.#answered.note(id);
    this.#ranBefore = true;
  };

  /** Keeps count of the rows in hand. */
  readonly counting = (count: (rows: RowsInHand) => void): void => {
    count(this.#rows);
    this.#checkSoon();
  };

  /** A call that had left before had a usable answer. */
  #heardOfService(): void {
    if (this.#held.all().length === 0 && this.#inquiry === undefined) return;
    this.#tell(this.#inquiry?.failing === true ? 'excused' : 'row', (held) => !this.#mayBeDeniedToAll(held));
    if (this.#held.all().length === 0) this.#inquiry?.ending.abort();
  }

  #tell(verdict: Verdict, which: (held: HeldAnswer) => boolean = () => true): void {
    this.#heldTooLong.stop();
    const excused = this.#excused.among(this.#held.all().filter(which), verdict === 'excused');
    this.#held.tell('excused', (held) => excused.includes(held));
    this.#held.tell('row', which);
  }

  /** A denial of a row's own call, where none was let through. */
  readonly #mayBeDeniedToAll = ({ asked, fault }: HeldAnswer): boolean =>
    asked.by !== 'look' && fault.kind === 'denied' && !this.health.authorised();

  /** Once round the event loop: the turn of a row that waited for one that has ended comes first. */
  #checkSoon(): void {
    if (this.#held.all().length > 0) setImmediate(() => this.#check());
  }

  #check(): void {
    const held = this.#held.all();
    const [first] = held;
    const { stopSwitch, slots } = this.#options;
    if (first === undefined || this.#inquiry !== undefined || stopSwitch.signal.aborted) return;
    const onlyHeld = this.#rows.areHeldUp(held.length);
    if (!this.#ranBefore && held.every(this.#mayBeDeniedToAll)) {
      // Nothing else will come that could tell: what was denied to all is denied to the run.
      const enough = held.length >= Math.min(FIRST_CALLS_DENIED, slots);
      if (enough || onlyHeld) stopSwitch.stop(accessDenied(first.fault, first.asked.action));
    } else if (held.length >= STREAK || onlyHeld) {
      void this.#inquire(first);
    }
  }

  async #inquire(first: HeldAnswer): Promise<void> {
    const { news, stopSwitch, clock } = this.#options;
    const inquiry: UnderWay = { ending: new AbortController(), failing: false };
    const sinceMs = clock.monotonicMs();
    this.#heldTooLong.stop();
    this.#inquiry = inquiry;
    this.hold.turnOn();
    const stay = onAbort(stopSwitch.signal, () => inquiry.ending.abort());
    const failedProbes = await this.#probe(first, inquiry);
    stay();
    if (stopSwitch.signal.aborted) return;
    this.#inquiry = undefined;
    if (inquiry.failing) news.outageEnded(clock.monotonicMs() - sinceMs);
    if (failedProbes !== undefined) this.#found(failedProbes);
    this.hold.turnOff();
    if (this.#held.all().length > 0) this.#heldTooLong.set();
    this.#checkSoon();
  }

  /** How many probes failed before one told; `undefined` where something else did. */
  async #probe(first: HeldAnswer, inquiry: UnderWay): Promise<number | undefined> {
    const { probe, news } = this.#options;
    const { signal } = inquiry.ending;
    try {
      return await inquire(
        {
          ...this.#options,
          probe: () => probe(this.#answered.next() ?? first.asked.opportunityId, signal),
          isUsable: (answer) => this.#isUsable(answer),
          everAnswered: this.health.everAnswered,
          outageBegan: (fault, waitMs) => {
            inquiry.failing = true;
            news.outageBegan(fault, waitMs);
          },
        },
        signal,
      );
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
      return undefined;
    }
  }

  /** Throws where nothing that the session asks is let through. */
  #isUsable(answer: Answer): boolean {
    const meaning = this.health.judgeProbe(answer);
    const denied = meaning === 'denied' ? this.#held.all().find(this.#mayBeDeniedToAll) : undefined;
    if (denied !== undefined) throw accessDenied(denied.fault, denied.asked.action);
    return meaning !== 'unusable';
  }

  /** The service is there: after an outage all try again; else whoever is held has met a fault of its own. */
  #found(failedProbes: number): void {
    const held = this.#held.all();
    const denied = held.find(this.#mayBeDeniedToAll);
    if (failedProbes > 0) this.#tell('excused');
    else if (denied === undefined) this.#tell('row');
    // No row of the run was ever let through: reads prove nothing for them.
    else if (!this.#ranBefore) this.#tell('row', (one) => !this.#mayBeDeniedToAll(one));
    // None of this session, twice, and others are to come.
    else if (this.#blamed && !this.#rows.areLast(held.length)) {
      this.#options.stopSwitch.stop(accessDenied(denied.fault, denied.asked.action));
    } else {
      this.#blamed = true;
      this.#tell('row');
    }
  }

  #fail(error: unknown): void {
    if (error instanceof RunError) this.#options.stopSwitch.stop(error);
    else this.#held.fail(error);
  }
}
