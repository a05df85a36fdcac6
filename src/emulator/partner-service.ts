import { randomUUID } from 'node:crypto';
import type { Clock, Dice } from '../model/clock.ts';
import { ENTITY_ID_MAX_LENGTH } from '../model/entity.ts';
import { assertNever } from '../model/fault.ts';
import { isWriteOperation } from '../model/call.ts';
import type { CallLog, OpenCall } from './call-log.ts';
import { changeAssociation } from './operations/change-association.ts';
import { assumeRole } from './operations/assume-role.ts';
import type { KeyOwner } from './partner/key-ring.ts';
import { FAULT_KINDS } from './faults/fault-kinds.ts';
import { exceptionOf } from './faults/fault-exception.ts';
import type { Befallen, FaultSource } from './faults/fault-source.ts';
import { getOpportunity } from './operations/get-opportunity.ts';
import type { HttpAnswer, HttpReply, HttpRequest } from './wire/http-message.ts';
import { listOpportunities } from './operations/list-opportunities.ts';
import { listSolutions } from './operations/list-solutions.ts';
import { isSellingOperation, quotaOf, type EmulatedOperation, type QuotaKind } from './partner/operation.ts';
import type { OperationResult, PartnerState } from './partner/partner-state.ts';
import type { Protocol } from './wire/protocol.ts';
import type { Quota } from './partner/quota.ts';
import type { JsonObject } from './partner/json-object.ts';
import { parseJsonObject } from './operations/request-members.ts';
import { routeOf } from './wire/route.ts';
import { replyUnder } from './wire/spoil-answer.ts';
import { THROTTLED, type ServiceException } from './partner/service-exception.ts';
import type { Latency } from './partner/latency.ts';
import type { SignatureVerifier } from './wire/signature.ts';

export interface ServiceParts {
  readonly state: PartnerState;
  readonly verifier: SignatureVerifier;
  /** Of an account: each has its own. */
  readonly quotasOf: (account: string) => Readonly<Record<QuotaKind, Quota>>;
  readonly faults: FaultSource;
  readonly log: CallLog;
  readonly latency: Latency;
  readonly latencyDice: Dice;
  readonly clock: Clock;
}

/** From a complete request to what the client gets to see. */
export class PartnerService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  async serve(request: HttpRequest): Promise<HttpReply> {
    const { clock, log } = this.#parts;
    const entry = log.open(randomUUID(), clock.monotonicMs(), clock.wallMs());
    // Decided at once, in the order of arrival, so that latency never reorders what the quota sees.
    const admission = this.#admit(request, entry);
    const halfMs = this.#latencyMs() / 2;
    // The change falls in the middle, so that a client killed while it waits may have died on either side of it.
    await this.#pause(halfMs);
    const result = this.#perform(admission, entry);
    if (!result.ok) entry.exception = result.exception.name;
    log.close(entry);
    await this.#pause(halfMs);
    const reply = replyUnder(admission.befallen, this.#answer(result, admission.protocol, entry.requestId));
    if (reply.kind === 'answer') {
      entry.status = reply.status;
      entry.answeredAtMs = clock.monotonicMs();
    }
    return reply;
  }

  #admit(request: HttpRequest, entry: OpenCall): Admission {
    const { verifier, faults, clock } = this.#parts;
    const route = routeOf(request);
    if (!route.ok) return route;
    const { operation, protocol } = route;
    entry.operation = operation;
    const verified = verifier.verify(request, route.scope, clock.wallMs());
    if (!verified.ok) return { ok: false, protocol, exception: verified.refusal };

    const { owner } = verified;
    const body = isSellingOperation(operation) ? parseJsonObject(request.body) : formOf(request.body);
    if (body.ok) noteTarget(entry, body.value);
    const befallen = faults.next({
      operation,
      opportunityId: entry.opportunityId ?? '',
      hasToken: body.ok && typeof body.value['NextToken'] === 'string',
    });
    if (befallen !== undefined) entry.fault = befallen.kind;
    if (!this.#takesPlace({ operation, owner }, befallen, entry.atMs)) {
      return { ok: false, protocol, exception: THROTTLED, befallen };
    }
    entry.admitted = true;
    if (!body.ok) return { ok: false, protocol, exception: body.refusal, befallen };
    return { ok: true, protocol, operation, owner, body: body.value, befallen };
  }

  /** Whether the call gets its place in the quota; a throttle that is injected gives none. */
  #takesPlace(
    { operation, owner }: Pick<Admitted, 'operation' | 'owner'>,
    befallen: Befallen | undefined,
    atMs: number,
  ): boolean {
    if (befallen !== undefined && !FAULT_KINDS[befallen.kind].takesQuota) return false;
    return (
      !isSellingOperation(operation) ||
      this.#parts.quotasOf(owner.account)[quotaOf(operation)].admit(atMs) === 'admitted'
    );
  }

  #perform(admission: Admission, entry: OpenCall): OperationResult {
    if (!admission.ok) return admission;
    const fault = admission.befallen?.kind;
    const happens = fault === undefined || FAULT_KINDS[fault].moment === 'after';
    const result = happens ? this.#operate(admission) : NOTHING_DONE;
    entry.changed = result.ok && result.changed;
    const exception = fault && exceptionOf(fault);
    return exception === undefined ? result : { ok: false, exception };
  }

  #operate({ operation, owner, body }: Admitted): OperationResult {
    const { state, clock } = this.#parts;
    if (isWriteOperation(operation)) return changeAssociation(state, operation, body, clock.monotonicMs());
    switch (operation) {
      case 'GetOpportunity':
        return getOpportunity(state, body, clock.monotonicMs());
      case 'ListOpportunities':
        return listOpportunities(state, body);
      case 'ListSolutions':
        return listSolutions(state, body);
      case 'GetCallerIdentity':
        return { ok: true, output: callerOf(owner), changed: false };
      case 'AssumeRole':
        return assumeRole(state, body, owner, clock.wallMs());
      default:
        return assertNever(operation);
    }
  }

  #answer(result: OperationResult, protocol: Protocol, requestId: string): HttpAnswer {
    const { contentType, body } = result.ok
      ? protocol.writeOutput(result.output, requestId)
      : protocol.writeException(result.exception, requestId);
    const headers = { 'content-type': contentType, 'x-amzn-requestid': requestId };
    return { kind: 'answer', status: this.#statusOf(result, protocol), headers, body };
  }

  #statusOf(result: OperationResult, { statusByTraits }: Protocol): number {
    if (result.ok) return 200;
    const { traitStatus } = result.exception;
    const byTraits = statusByTraits || this.#parts.state.readings.statusCodes === 'traits';
    return traitStatus >= 500 || byTraits ? traitStatus : 400;
  }

  #latencyMs(): number {
    const { latency, latencyDice } = this.#parts;
    if (latency.jitterMs === 0) return latency.meanMs;
    return Math.max(0, latency.meanMs + (2 * latencyDice() - 1) * latency.jitterMs);
  }

  async #pause(delayMs: number): Promise<void> {
    if (delayMs > 0) await this.#parts.clock.sleep(delayMs);
  }
}

interface Admitted {
  readonly ok: true;
  readonly protocol: Protocol;
  readonly operation: EmulatedOperation;
  readonly owner: KeyOwner;
  readonly body: JsonObject;
  readonly befallen: Befallen | undefined;
}

type Admission =
  | Admitted
  | {
      readonly ok: false;
      readonly protocol: Protocol;
      readonly exception: ServiceException;
      readonly befallen?: Befallen | undefined;
    };

const NOTHING_DONE: OperationResult = { ok: true, output: {}, changed: false };

/** The members of a query. */
function formOf(body: Buffer): { readonly ok: true; readonly value: JsonObject } {
  return { ok: true, value: Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}

function callerOf({ arn, userId, account }: KeyOwner): object {
  return { Arn: arn, UserId: userId, Account: account };
}

/** Of what was asked for, as far as it can be what it says: what is recorded is kept for long. */
function noteTarget(entry: OpenCall, body: JsonObject): void {
  const { OpportunityIdentifier, Identifier, RelatedEntityType, RelatedEntityIdentifier } = body;
  const opportunityId = OpportunityIdentifier ?? Identifier;
  if (isNotable(opportunityId)) entry.opportunityId = opportunityId;
  if (isNotable(RelatedEntityType)) entry.entityType = RelatedEntityType;
  if (isNotable(RelatedEntityIdentifier)) entry.entityId = RelatedEntityIdentifier;
}

function isNotable(value: unknown): value is string {
  return typeof value === 'string' && value.length <= ENTITY_ID_MAX_LENGTH;
}
