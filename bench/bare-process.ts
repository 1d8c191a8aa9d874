/**
 * What `ws` and JSON.parse cost by themselves, for the ratio: each frame is parsed and one map entry is updated, nothing is answered.
 * The same method as for the choice of the runtime. Prints its port; ends when its standard input does.
 */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const last = new Map<number, unknown>();
let sockets = 0;
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, clientTracking: false, backlog: 4_096 });
server.on('connection', (socket) => {
  const no = ++sockets;
  socket.on('message', (data: Buffer) => {
    last.set(no, JSON.parse(data.toString()));
  });
  socket.on('close', () => last.delete(no));
  socket.on('error', () => {});
});
server.on('listening', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
process.stdin.on('end', () => process.exit(0)).resume();
