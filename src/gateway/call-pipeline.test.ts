import { changeRole, listUsers } from '../contracts/auth/accounts.ts';
import { logOut } from '../contracts/auth/sessions.ts';
import { listConversations } from '../contracts/chat/conversations.ts';
import type { Operation } from '../contracts/define.ts';
import type { BusCaller } from '../kernel/bus/bus.ts';
import { newId } from '../kernel/ids.ts';
import { AppError } from '../kernel/errors.ts';
import { systemContext } from '../kernel/context.ts';
import { MemoryBus } from '../infra/memory/memory-bus.ts';
import { MemoryDeliveries } from '../infra/memory/memory-deliveries.ts';
import { type Logger, silentLogger } from '../kernel/telemetry/logger.ts';
import { CallPipeline } from './call-pipeline.ts';
import { unlimited } from './limits.ts';

let lines: object[];
let pipeline: CallPipeline;
const audit = { begin: () => Promise.resolve(''), end: () => Promise.resolve(), list: () => Promise.resolve([]) };

beforeEach(() => {
  lines = [];
  const logger: Logger = { ...silentLogger, error: (_message, fields) => void lines.push({ ...fields }) };
  const bus = new MemoryBus({ deliveries: new MemoryDeliveries(), logger, strict: false });
  pipeline = new CallPipeline({ bus, limits: unlimited, audit, logger });
});

const noteTimes = (times: number, make: (n: number) => unknown): void => {
  for (let n = 0; n < times; n++) pipeline.note(make(n), 'chat.sync', systemContext());
};
const failure = (code: string, n: number): Error => Object.assign(new Error(`${code}: try ${String(n)}`), { code });

test('refusals are not logged', () => {
  noteTimes(1, () => new AppError('forbidden'));
  expect(lines).toEqual([]);
});

test('what makes every call fail is one line for each cause', () => {
  noteTimes(500, (n) => new AppError('unavailable', { detail: 'The database cannot be reached.', cause: failure('ECONNREFUSED', n) }));
  noteTimes(500, (n) => failure('EMFILE', n));
  noteTimes(500, (n) => new Error('connect', { cause: failure('ENOBUFS', n) }));
  expect(lines).toEqual([
    expect.objectContaining({ event: 'request.failed', cause: expect.stringContaining('ECONNREFUSED') }),
    expect.objectContaining({ error: expect.stringContaining('unavailable'), cause: expect.stringContaining('EMFILE') }),
    expect.objectContaining({ error: expect.stringContaining('unavailable') }),
  ]);
});

test('a bug is logged for each request, but not without bound, whatever its message says', () => {
  noteTimes(500, (n) => new TypeError(`no such thing: ${String(n)}`));
  expect(lines).toHaveLength(20);
  expect(lines[7]).toMatchObject({ error: expect.stringContaining('no such thing: 7') });
});

describe('what is remembered of sessions', () => {
  const actor = { userId: newId(), sessionId: newId(), role: 'owner' as const };

  /** What was forgotten and answered, in order. */
  async function after(operation: Operation, input: unknown): Promise<string[]> {
    const seen: string[] = [];
    const bus = { call: () => Promise.resolve(void seen.push('answered')) } as unknown as BusCaller;
    const sessions = { forget: () => void seen.push('forgotten') };
    const own = new CallPipeline({ bus, limits: unlimited, audit, logger: silentLogger, sessions });
    await own.perform(operation, input, { ...systemContext(), actor });
    return seen;
  }

  test('is forgotten before the answer to a change of accounts or sessions is given', async () => {
    expect(await after(changeRole, { userId: newId(), role: 'member' })).toEqual(['answered', 'forgotten']);
    expect(await after(logOut, {})).toEqual(['answered', 'forgotten']);
  });

  test('is kept by whatever changes none', async () => {
    expect(await after(listUsers, {})).toEqual(['answered']);
    expect(await after(listConversations, {})).toEqual(['answered']);
  });
});
