import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../model/clock.ts';
import { assertNever } from '../model/fault.ts';
import { RunError } from '../model/run-error.ts';
import type { HttpAnswer, HttpReply } from './wire/http-message.ts';
import { inspect, isInspection, type Inspected } from './inspection.ts';
import type { HttpServerOptions } from './http-server-options.ts';
import type { PartnerService } from './partner-service.ts';
import { isForeign } from './wire/foreign-request.ts';
import { BodyReader } from './wire/read-body.ts';

export interface HttpServer {
  readonly url: string;
  /** Ends every connection, those that hang too. */
  readonly close: () => Promise<void>;
}

export interface HttpServerParts {
  readonly service: PartnerService;
  readonly inspected: Inspected;
  readonly clock: Clock;
}

const LOOPBACK = '127.0.0.1';
const KEEP_ALIVE_MS = 60_000;

/** @throws RunError `address_in_use`. */
export async function startHttpServer(
  parts: HttpServerParts,
  options: HttpServerOptions,
): Promise<HttpServer> {
  const { port, requestTimeoutMs, mostOpenRequests } = options;
  const bodies = new BodyReader();
  let open = 0;
  const timeouts = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, requestTimeoutMs),
  };
  const server = createServer(timeouts, (message, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    if (isForeign(message)) send(response, FOREIGN, parts.clock.wallMs());
    else if (open > mostOpenRequests) send(response, TOO_BUSY, parts.clock.wallMs());
    else void handle(parts, bodies, message, response);
  });
  await listen(server, port);
  const address = server.address();
  // A TCP server's address is an object; a string is a pipe's.
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://${LOOPBACK}:${boundPort}`, close: () => close(server) };
}

async function handle(
  { service, inspected, clock }: HttpServerParts,
  bodies: BodyReader,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const read = await bodies.read(message);
    if (read.kind !== 'read') return send(response, UNREAD[read.kind], clock.wallMs());
    try {
      const request = {
        method: message.method ?? '',
        target: message.url ?? '',
        headers: message.headersDistinct,
        body: read.body,
      };
      if (isInspection(request)) return await inspect(inspected, request, response);
      send(response, await service.serve(request), clock.wallMs());
    } finally {
      read.release();
    }
  } catch {
    // The client went away, or a defect of ours: neither may end the process.
    response.destroy();
  }
}

/** The rest of the request is not read: the connection ends with the answer. */
function lastAnswer(status: number, contentType: string, body: string): HttpAnswer {
  return { kind: 'answer', status, headers: { 'content-type': contentType, connection: 'close' }, body };
}

const JSON_TYPE = 'application/x-amz-json-1.0';

const FOREIGN = lastAnswer(
  403,
  'text/plain',
  'This emulator answers programs of this machine, and no web pages: name it as 127.0.0.1 or localhost.\n',
);

const TOO_BUSY = lastAnswer(
  503,
  JSON_TYPE,
  '{"__type":"com.amazon.coral.service#ServiceUnavailableException","message":"Too many requests are open."}',
);

const UNREAD = {
  'too-large': lastAnswer(
    413,
    JSON_TYPE,
    '{"__type":"com.amazon.coral.service#RequestEntityTooLargeException"}',
  ),
  'no-room': TOO_BUSY,
} as const;

function send(response: ServerResponse, reply: HttpReply, wallMs: number): void {
  switch (reply.kind) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'answer': {
      const { status, headers, body, interim } = reply;
      if (interim === 'continue') response.writeContinue();
      if (interim === 'early-hints') response.writeEarlyHints({ link: '</>; rel=preconnect' });
      // The emulator's clock, not the machine's: clients correct their own by it.
      const date = new Date(wallMs).toUTCString();
      response.writeHead(status, { ...headers, date, 'content-length': Buffer.byteLength(body) }).end(body);
      return;
    }
    default:
      assertNever(reply);
  }
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)));
    server.listen(port, LOOPBACK, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error;
  return new RunError(
    'address_in_use',
    `Port ${port} of ${LOOPBACK} is taken by another program.`,
    undefined,
    error,
  );
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}
