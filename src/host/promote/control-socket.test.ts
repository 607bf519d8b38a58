import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../../../test/harness/eventually.ts';
import { silentLogger } from '../../kernel/telemetry/logger.ts';
import { ControlSocket } from './control-socket.ts';

let folder: string;
let path: string;
let socket: ControlSocket;
let events: string[];
let fault: Error | null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'confab-socket-'));
  path = join(folder, 'sock');
  events = [];
  fault = null;
});
afterEach(async () => {
  await socket.close();
  await rm(folder, { recursive: true });
});

const handler = {
  pauseWrites: () => {
    if (fault) return Promise.reject(fault);
    return Promise.resolve(void events.push('hold'));
  },
  resumeWrites: () => Promise.resolve(void events.push('release')),
};

const open = async (leaseMs?: number): Promise<void> => {
  socket = await ControlSocket.open(path, { handler, logger: silentLogger, ...(leaseMs === undefined ? {} : { leaseMs }) });
};

/** Sends lines and gathers what comes back. */
function visit(): { socket: Socket; answers: string[] } {
  const socket = connect(path);
  const answers: string[] = [];
  createInterface({ input: socket }).on('line', (line) => answers.push(line));
  return { socket, answers };
}

describe('the socket', () => {
  test('holds and releases for the command that asks', async () => {
    await open();
    const { socket, answers } = visit();
    socket.write('hold team\nrenew\nrelease\n');
    await eventually(() => {
      expect(answers).toEqual(['ok', 'ok']);
    });
    expect(events).toEqual(['hold', 'release']);
    socket.destroy();
  });

  test('ends a hold with the connection of its command', async () => {
    await open();
    const { socket, answers } = visit();
    socket.write('hold team\n');
    await eventually(() => {
      expect(answers).toEqual(['ok']);
    });
    socket.destroy();
    await eventually(() => {
      expect(events).toEqual(['hold', 'release']);
    });
  });

  test('ends a hold whose command lives and says nothing', async () => {
    await open(60);
    const { socket, answers } = visit();
    socket.write('hold team\n');
    await eventually(() => {
      expect(events).toEqual(['hold', 'release']);
    });
    expect(answers).toEqual(['ok']);
    await eventually(() => {
      expect(socket.closed).toBe(true);
    });
  });

  test('holds for one command at a time, and answers a second one and a strange one with what is wrong', async () => {
    await open();
    const first = visit();
    first.socket.write('hold team\n');
    await eventually(() => {
      expect(first.answers).toEqual(['ok']);
    });
    const second = visit();
    second.socket.write('hold team\nrelease\nopen sesame\n');
    await eventually(() => {
      expect(second.answers).toHaveLength(3);
    });
    expect(second.answers).toEqual([
      expect.stringContaining('Another command'),
      'There is nothing to release.',
      'There is nothing to open sesame.',
    ]);
    expect(events).toEqual(['hold']);
    for (const { socket } of [first, second]) socket.destroy();
  });

  test('passes on why there is no hold, and takes the next', async () => {
    await open();
    fault = new Error('moved\nalready');
    const { socket, answers } = visit();
    socket.write('hold team\n');
    await eventually(() => {
      expect(answers).toEqual(['moved already']);
    });
    fault = null;
    socket.write('hold team\n');
    await eventually(() => {
      expect(events).toEqual(['hold']);
    });
    socket.destroy();
  });

  test('opens over the socket that a killed run left', async () => {
    await writeFile(path, '');
    await open();
    const { socket, answers } = visit();
    socket.write('hold team\n');
    await eventually(() => {
      expect(answers).toEqual(['ok']);
    });
    socket.destroy();
  });
});
