import { headerOf, type HttpRequest } from './http-message.ts';
import { isSellingOperation, stsOperation, type EmulatedOperation } from '../partner/operation.ts';
import { awsJson, awsQuery, type Protocol } from './protocol.ts';
import { frontDoorException, type ServiceException } from '../partner/service-exception.ts';
import type { SigningScope } from './signature.ts';

export type Route =
  | {
      readonly ok: true;
      readonly operation: EmulatedOperation;
      readonly protocol: Protocol;
      readonly scope: SigningScope;
    }
  | { readonly ok: false; readonly protocol: Protocol; readonly exception: ServiceException };

const SELLING_SCOPE: SigningScope = { service: 'partnercentral-selling', region: 'us-east-1' };
// STS has an endpoint in each region, and signs for it.
const STS_SCOPE: SigningScope = { service: 'sts' };

const TARGET_PREFIX = 'AWSPartnerCentralSelling.';

/** Finds which operation of which service is asked for, in which protocol. */
export function routeOf(request: HttpRequest): Route {
  if (request.method !== 'POST' || request.target !== '/') return unknownOperation();
  const contentType = headerOf(request, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  if (contentType === 'application/x-amz-json-1.0') return sellingRoute(request);
  if (contentType === 'application/x-www-form-urlencoded') return stsRoute(request);
  return unknownOperation();
}

function sellingRoute(request: HttpRequest): Route {
  const target = headerOf(request, 'x-amz-target') ?? '';
  const operation = target.startsWith(TARGET_PREFIX) ? target.slice(TARGET_PREFIX.length) : '';
  if (!isSellingOperation(operation)) return unknownOperation();
  return { ok: true, operation, protocol: awsJson, scope: SELLING_SCOPE };
}

function stsRoute(request: HttpRequest): Route {
  const action = new URLSearchParams(request.body.toString('latin1')).get('Action');
  const operation = stsOperation(action);
  const protocol = awsQuery(action ?? '');
  if (operation !== undefined) return { ok: true, operation, protocol, scope: STS_SCOPE };
  const exception = frontDoorException(
    'InvalidAction',
    'Could not find operation for version 2011-06-15',
    400,
  );
  return { ok: false, protocol, exception };
}

function unknownOperation(): Route {
  return {
    ok: false,
    protocol: awsJson,
    exception: frontDoorException('UnknownOperationException', '', 404),
  };
}
