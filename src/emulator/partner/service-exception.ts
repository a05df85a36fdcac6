/** The `ErrorList` entry of a ValidationException. */
export interface ValidationIssue {
  readonly FieldName?: string;
  readonly Message: string;
  readonly Code: string;
}

/** An error as the service models it; how it is written is the protocol's matter. */
export interface ServiceException {
  readonly name: string;
  readonly message: string;
  /** The status by the service model's traits; 5xx are so under every reading. */
  readonly traitStatus: number;
  /** Whether it is the front door's (`message`) or one of the service's own model (`Message`). */
  readonly origin: 'front-door' | 'service';
  readonly reason?: 'REQUEST_VALIDATION_FAILED' | 'BUSINESS_VALIDATION_FAILED';
  readonly issues?: readonly ValidationIssue[];
}

/** Refused before the service proper saw the call: routing, signature, format. */
export function frontDoorException(name: string, message: string, traitStatus = 403): ServiceException {
  return { name, message, traitStatus, origin: 'front-door' };
}

export function requestInvalid(issues: readonly ValidationIssue[]): ServiceException {
  // The service leaves Message empty; the detail is in the list alone.
  return { ...VALIDATION, message: '', reason: 'REQUEST_VALIDATION_FAILED', issues };
}

export function businessInvalid(issue: ValidationIssue): ServiceException {
  return { ...VALIDATION, message: '', reason: 'BUSINESS_VALIDATION_FAILED', issues: [issue] };
}

export function resourceNotFound(message: string): ServiceException {
  return { name: 'ResourceNotFoundException', message, traitStatus: 404, origin: 'service' };
}

export function accessDenied(message: string): ServiceException {
  return { name: 'AccessDeniedException', message, traitStatus: 403, origin: 'service' };
}

const VALIDATION = { name: 'ValidationException', traitStatus: 400, origin: 'service' } as const;

/** The second's and the day's refusal are alike: neither says which, nor when to come back. */
export const THROTTLED: ServiceException = {
  name: 'ThrottlingException',
  message: 'Rate exceeded',
  traitStatus: 429,
  origin: 'service',
};

export const INTERNAL_ERROR: ServiceException = {
  name: 'InternalServerException',
  message: 'An internal error occurred. Retry your request.',
  traitStatus: 500,
  origin: 'service',
};

/** The issue of a token that a list did not give out, or does not know any more. */
export const NOT_A_TOKEN: ValidationIssue = {
  FieldName: 'NextToken',
  Message: 'The token is not valid.',
  Code: 'INVALID_VALUE',
};
