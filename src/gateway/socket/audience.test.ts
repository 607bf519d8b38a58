import { z } from 'zod';
import { type Audience, event } from '../../contracts/define.ts';
import { newId } from '../../kernel/ids.ts';
import { emitToClients } from './audience.ts';
import { FanOut } from './fan-out.ts';
import { Rooms } from './rooms.ts';
import { wired, type Wired } from './socket-connection.fixture.ts';

const rooms = new Rooms();
const fanOut = new FanOut(rooms, () => undefined);
const entered = (one: Wired): Wired => {
  rooms.enter(one.connection);
  return one;
};

const userId = newId();
const phone = newId();
const first = entered(wired({ userId, sessionId: phone }));
const second = entered(wired({ userId, sessionId: phone }));
const laptop = entered(wired({ userId }));
const stranger = entered(wired());
const everybody = { first, second, laptop, stranger };

/** Who gets an event for this audience. */
function reached(audience: Audience): string[] {
  const answered = event({
    name: 'calls.answered',
    summary: 'A call was answered on another device',
    delivery: 'signal',
    payload: z.strictObject({}),
    clients: [{ name: 'call:answered', audience: () => audience }],
  });
  emitToClients(answered, {}, { fanOut, rooms, guests: { knowing: () => [] } });
  fanOut.flush();
  return Object.entries(everybody).flatMap(([name, { wire }]) => (wire.sent.splice(0).includes('2["call:answered",{}]') ? [name] : []));
}

test.each<[string, Audience, string[]]>([
  ['a user', { user: userId }, ['first', 'second', 'laptop']],
  ['a session: all its connections', { session: phone, of: userId }, ['first', 'second']],
  ['a session of another user: nobody', { session: phone, of: stranger.connection.actor.userId }, []],
  ['a connection', { connection: laptop.connection.id }, ['laptop']],
  ['a connection that is gone: nobody', { connection: newId() }, []],
])('an event reaches %s', (_name, audience, names) => {
  expect(reached(audience)).toEqual(names);
});
