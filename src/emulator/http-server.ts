import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../model/clock.ts';
import { assertNever } from '../model/fault.ts';
import { RunError } from '../model/run-error.ts';
import type { HttpAnswer, HttpReply } from './wire/http-message.ts';
import { inspect, isInspection, type Inspected } from './inspection.ts';
import type { PartnerService } from './partner-service.ts';
import { readBody } from './wire/read-body.ts';

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
export async function startHttpServer(parts: HttpServerParts, port: number): Promise<HttpServer> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (message, response) => {
    void handle(parts, message, response);
  });
  await listen(server, port);
  const address = server.address();
  // A TCP server's address is an object; a string is a pipe's.
  const boundPort = typeof address === 'object' && address !== null ? address.port : port;
  return { url: `http://${LOOPBACK}:${boundPort}`, close: () => close(server) };
}

async function handle(
  { service, inspected, clock }: HttpServerParts,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const body = await readBody(message);
    const request = {
      method: message.method ?? '',
      target: message.url ?? '',
      headers: message.headersDistinct,
      body: body ?? NOT_READ,
    };
    if (body !== undefined && isInspection(request)) return await inspect(inspected, request, response);
    const reply = body === undefined ? TOO_LARGE : await service.serve(request);
    send(response, reply, clock.wallMs());
  } catch {
    // The client went away, or a defect of ours: neither may end the process.
    response.destroy();
  }
}

const NOT_READ = Buffer.alloc(0);

/** The rest of the body is not read: the connection ends with the answer. */
const TOO_LARGE: HttpAnswer = {
  kind: 'answer',
  status: 413,
  headers: { 'content-type': 'application/x-amz-json-1.0', connection: 'close' },
  body: '{"__type":"com.amazon.coral.service#RequestEntityTooLargeException"}',
};

function send(response: ServerResponse, reply: HttpReply, wallMs: number): void {
  switch (reply.kind) {
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'answer': {
      const { status, headers, body } = reply;
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
  return new RunError('address_in_use', `Port ${port} of ${LOOPBACK} is taken by another program.`, {
    hint: 'Choose another port, or 0 for any that is free.',
    cause: error,
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}
