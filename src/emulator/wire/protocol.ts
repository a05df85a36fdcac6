import type { ServiceException } from '../partner/service-exception.ts';

/** A body, before it has a status and headers. */
interface Written {
  readonly contentType: string;
  readonly body: string;
}

/** A way to write outputs and errors. */
export interface Protocol {
  readonly writeOutput: (output: object, requestId: string) => Written;
  readonly writeException: (exception: ServiceException, requestId: string) => Written;
}

const SHAPE_PREFIX = {
  'front-door': 'com.amazon.coral.service#',
  service: 'com.amazonaws.partnercentralselling#',
} as const;

/** https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html */
export const awsJson: Protocol = {
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

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html, for `GetCallerIdentity` alone. */
export const awsQuery: Protocol = {
  writeOutput: (output, requestId) => {
    const members = Object.entries(output).map(([name, value]) => element(name, escapeXml(String(value))));
    const result = element('GetCallerIdentityResult', members.join(''));
    return xml(
      'GetCallerIdentityResponse',
      result + element('ResponseMetadata', element('RequestId', requestId)),
    );
  },
  writeException: ({ name, message, traitStatus }, requestId) => {
    const type = element('Type', traitStatus >= 500 ? 'Receiver' : 'Sender');
    const error = element('Error', type + element('Code', name) + element('Message', escapeXml(message)));
    return xml('ErrorResponse', error + element('RequestId', requestId));
  },
};

function xml(root: string, content: string): Written {
  return { contentType: 'text/xml', body: `<${root} xmlns="${STS_NAMESPACE}">${content}</${root}>` };
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
