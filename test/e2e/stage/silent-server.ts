import { createServer, type Server, type Socket } from 'node:net';
import type { Test } from './work-folder.ts';

/** A server on loopback that takes connections and says nothing, ever. */
export interface SilentServer {
  readonly port: number;
  /** Resolves once it has been sent something. */
  readonly asked: Promise<void>;
}

/** Lives until the test ends. */
export async function silentServer({ onTestFinished }: Test): Promise<SilentServer> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  const asked = new Promise<void>((resolve) => {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => resolve());
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server?.close();
  });
  const address = server?.address();
  if (typeof address !== 'object' || address === null) throw new Error('It listens on no port.');
  return { port: address.port, asked };
}
