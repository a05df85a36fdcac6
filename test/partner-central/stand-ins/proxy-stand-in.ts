import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import type { AwsStandIn } from './aws-stand-in.ts';
import type { OwnCa } from './own-ca.ts';

export interface ProxyStandIn {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Each tunnel that was asked for: `CONNECT host:port`, and the name and password given. */
  readonly tunnels: string[];
}

/** A proxy whose every tunnel ends at a TLS server of `aws`, with certificates by `ca`: an intercepting one. */
export async function interceptingProxy(
  aws: AwsStandIn,
  ca: OwnCa,
  options: { readonly hosts: readonly string[]; readonly refuses?: number; readonly tls?: boolean },
): Promise<ProxyStandIn> {
  const inside = createTlsServer(ca.issue(...options.hosts), aws.listener);
  const insidePort = await listen(inside);
  const tunnels: string[] = [];
  const proxy = options.tls === true ? createTlsServer(ca.issue('localhost')) : createHttpServer();
  proxy.on('connect', (request, socket: Socket) => {
    const auth = request.headers['proxy-authorization'] ?? '';
    const who = Buffer.from(auth.replace('Basic ', ''), 'base64').toString();
    tunnels.push([`CONNECT ${request.url ?? ''}`, who].filter((part) => part !== '').join(' as '));
    if (options.refuses !== undefined) {
      socket.end(`HTTP/1.1 ${options.refuses} No\r\n\r\n`);
      return;
    }
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const onward = connect(insidePort, '127.0.0.1');
    for (const end of [socket, onward]) end.on('error', () => undefined);
    socket.pipe(onward).pipe(socket);
  });
  return { host: `127.0.0.1:${await listen(proxy)}`, tunnels };
}

/** Answers the port; the server lives until the test ends. */
async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on TCP has an address with a port.
  return (server.address() as AddressInfo).port;
}

/** The stand-in on plain http: for the variables that name an endpoint. */
export async function serveAws(aws: AwsStandIn): Promise<string> {
  return `http://127.0.0.1:${await listen(createHttpServer(aws.listener))}`;
}
