/** The end that Trezor's own Python client speaks to its emulator by: reports as datagrams. */
import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import type { Cable } from './pipe';
import { REPORT_BYTES } from './wire';

export interface UdpEnd {
  readonly port: number;
  close(): void;
}

/** Listens on loopback. @param port of the system's choice without one */
export async function serveUdp(cable: Cable, port = 0): Promise<UdpEnd> {
  const socket = createSocket('udp4');
  let host: RemoteInfo | undefined;
  socket.on('message', (datagram, from) => {
    host = from;
    if (datagram.toString('latin1') === 'PINGPING') socket.send('PONGPONG', from.port, from.address);
    else if (datagram.length === REPORT_BYTES) cable.write(new Uint8Array(datagram));
  });
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  void (async () => {
    for (;;) {
      const report = await cable.read();
      if (host) socket.send(report, host.port, host.address);
    }
  })().catch(() => socket.close());
  return { port: socket.address().port, close: () => cable.unplug() };
}
