import type { ServiceException } from '../partner/service-exception.ts';

/** A body, before it has a status and headers. */
interface Written {
  readonly contentType: string;
  readonly body: string;
}

/** A way to write outputs and errors. */
export interface Protocol {
  /** Whether an error's status is what its model's traits say, whatever `statusCodes` reads. */
  readonly statusByTraits: boolean;
  readonly writeOutput: (output: object, requestId: string) => Written;
  readonly writeException: (exception: ServiceException, requestId: string) => Written;
}

const SHAPE_PREFIX = {
  'front-door': 'com.amazon.coral.service#',
  service: 'com.amazonaws.partnercentralselling#',
} as const;

/** https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export const awsJson: Protocol = {
  statusByTraits: false,
  writeOutput: (output) => json(output),
  writeException: ({ name, message, origin, reason, issues }) =>
    json({
      __type: `${SHAPE_PREFIX[origin]}${name}`,
      ...(origin === 'service' ? { Message: message } : { message }),
      ...(reason !== undefined && { Reason: reason }),
      ...(issues !== undefined && { ErrorList: issues }),
    }),
};

function json(value: object): Written {
  return { contentType: 'application/x-amz-json-1.0', body: JSON.stringify(value) };
}

const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const awsQuery = (action: string): Protocol => ({
  statusByTraits: true,
  writeOutput: (output, requestId) => {
    const result = element(`${action}Result`, membersOf(output));
    return xml(`${action}Response`, result + element('ResponseMetadata', element('RequestId', requestId)));
  },
  writeException: ({ name, message, traitStatus }, requestId) => {
    const type = element('Type', traitStatus >= 500 ? 'Receiver' : 'Sender');
    const error = element('Error', type + element('Code', name) + element('Message', escapeXml(message)));
    return xml('ErrorResponse', error + element('RequestId', requestId));
  },
});

/** Strings, and structures of them. */
function membersOf(output: object): string {
  return Object.entries(output)
    .map(([name, value]: [string, unknown]) =>
      element(
        name,
        typeof value === 'object' && value !== null ? membersOf(value) : escapeXml(String(value)),
      ),
    )
    .join('');
}

function xml(root: string, content: string): Written {
  return { contentType: 'text/xml', body: `<${root} xmlns="${STS_NAMESPACE}">${content}</${root}>` };
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
