import type { InjectedFault } from './fault-kinds.ts';
import {
  accessDenied,
  businessInvalid,
  frontDoorException,
  INTERNAL_ERROR,
  NOT_A_TOKEN,
  requestInvalid,
  THROTTLED,
  type ServiceException,
} from '../partner/service-exception.ts';

/** The exception a fault is answered with; undefined where it spoils the answer itself. */
export function exceptionOf(fault: InjectedFault): ServiceException | undefined {
  return EXCEPTIONS[fault];
}

const EXCEPTIONS: Readonly<Partial<Record<InjectedFault, ServiceException>>> = {
  throttle: THROTTLED,
  'retry-after': THROTTLED,
  'too-many-requests': THROTTLED,
  error: INTERNAL_ERROR,
  'error-after': INTERNAL_ERROR,
  denied: accessDenied('User is not authorized to perform this partnercentral action with an explicit deny.'),
  expired: frontDoorException(
    'ExpiredTokenException',
    'The security token included in the request is expired',
  ),
  // All that breaks a CSV written carelessly, and a spreadsheet that trusts it.
  validation: {
    ...businessInvalid({
      FieldName: 'RelatedEntityIdentifier',
      Message: `=cmd|' /C calc'!A0, "quoted", and\r\na second line`,
      Code: 'INVALID_VALUE',
    }),
    message: '=HYPERLINK("https://example.com","see, here")\nnot allowed',
  },
  'bad-token': requestInvalid([NOT_A_TOKEN]),
  'unknown-exception': {
    name: 'BrandNewException',
    message: 'No model knows me.',
    traitStatus: 400,
    origin: 'service',
  },
};
