import { connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { parseResults } from '../stage/results-file.ts';
import { runProgram } from '../stage/program.ts';
import { setStage } from '../stage/stage.ts';
import type { Test } from '../stage/work-folder.ts';

test('a middlebox that resets each connection on its second request costs no row', async (task) => {
  const stage = await setStage(task, 8);
  const port = await middlebox(task, stage.emulator.port);
  const env = {
    ...stage.surroundings.env,
    AWS_ENDPOINT_URL_PARTNERCENTRAL_SELLING: `http://127.0.0.1:${port}`,
  };
  const command = ['disassociate', 'people.csv', '--catalog', 'Sandbox', '--rate', '50', '--read-rate', '50'];
  const ended = await runProgram(command, { ...stage.surroundings, env });
  const statuses = parseResults(stage.folder.read('people.results.csv')).map(({ status }) => status);
  expect(statuses).toEqual(Array.from({ length: 8 }, () => 'disassociated'));
  expect(ended.code).toBe(0);
  expect(await stage.emulator.held()).toEqual([]);
});

/** Passes the first request of each connection on to a port, and resets the connection when a second one comes. */
async function middlebox({ onTestFinished }: Test, onwardPort: number): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const onward = connect(onwardPort, '127.0.0.1');
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
    let requests = 0;
    socket.on('data', (bytes) => {
      requests += bytes.toString('latin1').match(/^POST /gm)?.length ?? 0;
      if (requests > 1) socket.resetAndDestroy();
      else onward.write(bytes);
    });
    onward.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('It listens on no port.');
  return address.port;
}
