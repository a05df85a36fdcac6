import type { IncomingMessage, ServerResponse } from 'node:http';

/** A call that the stand-in for STS and single sign-on received. */
export interface AwsCall {
  /** `AssumeRole`, `GetCallerIdentity`, or the path. */
  readonly action: string;
  readonly host: string;
  readonly members: URLSearchParams;
  /** The access key that signed it; none where it isn't signed. */
  readonly accessKey: string | undefined;
  readonly bearer: string | undefined;
  /** The instant that its signature claims. */
  readonly signedAtMs: number;
}

export type Answer = (call: AwsCall, response: ServerResponse) => void;

export interface AwsStandIn {
  readonly listener: (request: IncomingMessage, response: ServerResponse) => void;
  readonly calls: AwsCall[];
  /** What the next calls are answered, in place of success. */
  readonly next: (...answers: readonly Answer[]) => void;
}

/** STS and single sign-on, as far as credentials need them. */
export function awsStandIn(): AwsStandIn {
  const calls: AwsCall[] = [];
  const script: Answer[] = [];
  return {
    calls,
    next: (...answers) => void script.push(...answers),
    listener: (request, response) => {
      let body = '';
      request.setEncoding('utf8');
      request.on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        const call = callOf(request, body);
        calls.push(call);
        const answer = script.shift() ?? succeed;
        answer(call, response);
      });
    },
  };
}

function callOf({ headers, url = '' }: IncomingMessage, body: string): AwsCall {
  const members = new URLSearchParams(body);
  const stamp = String(headers['x-amz-date']);
  return {
    action: members.get('Action') ?? new URL(url, 'http://any').pathname,
    host: headers.host ?? '',
    members,
    accessKey: /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1],
    bearer: [headers['x-amz-sso_bearer_token']].flat()[0],
    signedAtMs: Date.parse(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z')),
  };
}

/** The answer where nothing else is scripted. */
export const succeed: Answer = (call, response) => {
  response.setHeader('x-amzn-requestid', 'sts-1');
  switch (call.action) {
    case 'GetCallerIdentity':
      response.end('<R><Account>111122223333</Account><Arn>arn:aws:iam::111122223333:user/ana</Arn></R>');
      return;
    case 'AssumeRole':
    case 'AssumeRoleWithWebIdentity':
      response.setHeader('content-type', 'text/xml');
      response.end(
        role(call.action, `AKIDOF${call.members.get('RoleArn')?.split('/').at(-1)?.toUpperCase() ?? ''}`),
      );
      return;
    default:
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ roleCredentials: SSO_ROLE }));
  }
};

const IN_AN_HOUR = Date.now() + 3_600_000;

const SSO_ROLE = {
  accessKeyId: 'AKIDOFSSO',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  expiration: IN_AN_HOUR,
};

function role(action: string, accessKeyId: string): string {
  return `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>
    <AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>
    <Expiration>${new Date(IN_AN_HOUR).toISOString()}</Expiration>
  </Credentials></${action}Result></${action}Response>`;
}

/** STS's way to say no. */
export function refuse(status: number, code: string, message = ''): Answer {
  return (_call, response) => {
    response.writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': 'sts-1' });
    response.end(
      `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  };
}

export const reset: Answer = (_call, response) => response.socket?.resetAndDestroy();

/** As a server whose clock is `skewMs` ahead. */
export function refuseForClock(skewMs: number): Answer {
  return (_call, response) => {
    response.setHeader('date', new Date(Date.now() + skewMs).toUTCString());
    refuse(403, 'SignatureDoesNotMatch', 'Signature expired')(_call, response);
  };
}
