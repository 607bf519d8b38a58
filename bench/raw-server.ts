// The yardstick: a bare Socket.IO server that emits to the room and acks, and stores nothing.
// Run by the bench as a process of its own: `PORT=… node raw-server.mjs`, ready when GET /health/ready answers 200.
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { Server } from 'socket.io';

interface Handshake {
  readonly sub: string;
  readonly conversationIds: readonly string[];
}

interface Send {
  readonly conversationId: string;
  readonly clientMessageId: string;
  readonly text: string;
}

const folder = mkdtempSync(join(tmpdir(), 'confab-bench-'));

/** What any upload costs: the bytes of a request go into a file. */
const http = createServer((request, response) => {
  if (request.method === 'POST') {
    pipeline(request, createWriteStream(join(folder, randomUUID())), (error) => {
      response.writeHead(error ? 500 : 201).end();
    });
    return;
  }
  response.writeHead(request.url === '/health/ready' ? 200 : 404).end();
});
const io = new Server(http, { path: '/socket.io', perMessageDeflate: false, serveClient: false });
const heads = new Map<string, number>();

io.use((socket, next) => {
  const { token } = socket.handshake.auth as { token?: unknown };
  if (typeof token !== 'string') return next(new Error('unauthenticated'));
  socket.data = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as Handshake;
  next();
});

io.on('connection', (socket) => {
  const { sub, conversationIds } = socket.data as Handshake;
  void socket.join([...conversationIds]);
  socket.on('message:send', (send: Send, ack: (answer: unknown) => void) => {
    const message = messageOf(sub, send);
    io.to(send.conversationId).emit('message:created', { message });
    const { id, conversationId, seq, rev, clientMessageId, createdAt } = message;
    ack({ ok: true, data: { id, conversationId, seq, rev, clientMessageId, createdAt } });
  });
});

http.listen(Number(process.env.PORT), '127.0.0.1');
process.on('SIGTERM', () => {
  rmSync(folder, { recursive: true });
  process.exit(0);
});

/** As many bytes on the wire as a message of Confab has. */
function messageOf(senderId: string, { conversationId, clientMessageId, text }: Send) {
  const seq = (heads.get(conversationId) ?? 0) + 1;
  heads.set(conversationId, seq);
  return {
    id: randomUUID(),
    conversationId,
    seq,
    rev: seq,
    clientMessageId,
    senderId,
    kind: 'text',
    text,
    attachments: [],
    replyTo: null,
    threadRootId: null,
    threadCount: 0,
    mentions: [],
    reactions: [],
    pinned: false,
    editedAt: null,
    deletedAt: null,
    createdAt: new Date().toISOString(),
  };
}
