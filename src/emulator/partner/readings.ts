/**
 * Behaviour of the service that no document tells. A tool that is right has to be right under every reading,
 * so each is a choice; the default is the reading we hold most likely, and is an assumption, not a fact.
 */
export interface Readings {
  /**
   * Disassociating what is not associated. Assumed `not-found`: ResourceNotFoundException; `ok`: a silent
   * success; `validation`: ValidationException, INVALID_RESOURCE_STATE.
   */
  readonly absent: 'not-found' | 'ok' | 'validation';
  /**
   * The HTTP status of a client error. Assumed `400` for all of them, as awsJson services do; `traits`: what the
   * service model's error traits say (403, 404, 429, 400).
   */
  readonly statusCodes: '400' | 'traits';
  /**
   * Review statuses under which associations can't be changed: ValidationException, ACTION_NOT_PERMITTED.
   * Documented for updates of the opportunity, assumed for its associations.
   */
  readonly lockReview: readonly string[];
  /**
   * Whether an opportunity's last solution can't be removed at stages Committed and Launched: ValidationException,
   * NOT_ENOUGH_VALUES. Assumed not. Solutions, Marketplace solutions and Marketplace products count as one.
   */
  readonly keepLastSolution: boolean;
  /** Whether a throttled call takes from the quota as an answered one does. Assumed not. */
  readonly refusedCallsCount: boolean;
  /** Age of the state that a read answers, milliseconds. Assumed none; some 3 s were reported. */
  readonly readLagMs: number;
  /** `GetOpportunity` answers ARNs as they were attached; it has been seen to answer their bare last segment. */
  readonly answeredIds: 'as-attached' | 'last-segment';
}

/*
 * Assumed without an option:
 * - Associating what is associated already succeeds and changes nothing.
 * - Any identifier can be associated, but a solution that the list has as Draft or Inactive: which other entities
 *   exist, the emulator does not know.
 * - An identifier names an entity by its whole ARN or by its bare last segment, in either direction.
 * - `AWS` and `Sandbox` answer one and the same state.
 * - The order of refusals: route, signature, throttling, format, existence, business rules.
 * - A call takes from the quota once its signature is verified, whatever is wrong with the rest of it.
 * - The daily window is monotonic time: it does not see the machine's suspends or a changed clock.
 * - `GetOpportunity` leaves out the types of which nothing is associated.
 * - LastModifiedDate is the seed's, else when the emulator started; changes of associations leave it.
 * - A seed may hold more than the limits of a type; only what is associated later has to fit.
 * - Dates of filters are not within their range; companies are compared as they are written.
 */
export const DEFAULT_READINGS: Readings = {
  absent: 'not-found',
  statusCodes: '400',
  lockReview: ['Submitted', 'In review'],
  keepLastSolution: false,
  refusedCallsCount: false,
  readLagMs: 0,
  answeredIds: 'as-attached',
};
