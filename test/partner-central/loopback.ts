import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedCall {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly socket: Socket;
}

export interface Loopback {
  readonly url: URL;
  /** Calls whose last byte arrived, in order of arrival. */
  readonly received: ReceivedCall[];
  /** Connections ever accepted. */
  readonly connections: () => number;
}

/** An HTTP server on loopback that lives until the test ends. */
export async function serve(
  answer: (call: ReceivedCall, response: ServerResponse) => void,
): Promise<Loopback> {
  const received: ReceivedCall[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const call = { headers: request.headers, body, socket: request.socket };
      received.push(call);
      answer(call, response);
    });
  });
  const { url, connections } = await listen(server);
  return { url, received, connections };
}

/** A TCP server on loopback that lives until the test ends, for what no HTTP server would do. */
export async function serveBytes(
  onConnection: (socket: Socket) => void,
): Promise<Omit<Loopback, 'received'>> {
  return listen(createTcpServer(onConnection));
}

/** An address on loopback where nobody listens. */
export async function deadUrl(): Promise<URL> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = urlOf(server);
  await new Promise((resolve) => server.close(resolve));
  return url;
}

/** Answers as the service does. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': '6c9a1a3e-0000-4000-8000-000000000001',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

async function listen(server: Server): Promise<Omit<Loopback, 'received'>> {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: urlOf(server), connections: () => connections };
}

function urlOf(server: Server): URL {
  // A server that listens on TCP has an address with a port.
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}
