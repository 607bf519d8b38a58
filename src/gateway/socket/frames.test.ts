import { WebSocket, WebSocketServer } from 'ws';
import { framed } from './frames.ts';

/** What a real WebSocket client makes of the bytes. */
async function received(packets: readonly string[]): Promise<string[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  server.on('connection', (socket) => (socket as unknown as { _socket: { write(data: Buffer): void } })._socket.write(framed(packets)));
  const client = new WebSocket(`ws://127.0.0.1:${String(port)}`);
  const texts: string[] = [];
  await new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('message', (text: Buffer) => {
      texts.push(text.toString());
      if (texts.length === packets.length) resolve();
    });
  });
  client.close();
  server.close();
  return texts;
}

test('frames of every length class arrive whole and in order', async () => {
  const packets = [
    '2["a"]',
    'x'.repeat(124),
    'x'.repeat(125),
    'Привет 👋'.repeat(20),
    'y'.repeat(65_534),
    'z'.repeat(65_535),
    'я'.repeat(50_000),
    '',
  ];
  expect(await received(packets)).toEqual(packets.map((packet) => `4${packet}`));
});
