import type { IncomingMessage } from 'node:http';
import { Arrivals, signInWithinMs } from './arrivals.ts';
import type { EngineConnection } from './socket-connection.ts';
import { Wire } from './socket-connection.fixture.ts';

const from = (address: string) => ({ address }) as unknown as IncomingMessage;
const arrivals = () => new Arrivals((request) => (request as unknown as { address: string }).address);

function arrive(all: Arrivals, address = '192.0.2.1') {
  const wire = new Wire();
  const connection = wire as unknown as EngineConnection;
  all.take(connection, from(address));
  return { wire, connection };
}

test('a connection that does not sign in in time is ended, and one that did is not', () => {
  const all = arrivals();
  const [late, signedIn] = [arrive(all), arrive(all)];
  all.signedIn(signedIn.connection);
  all.closeLate(performance.now() + signInWithinMs - 1_000);
  expect(late.wire.isTerminated).toBe(false);
  all.closeLate(performance.now() + signInWithinMs);
  expect([late.wire.isTerminated, signedIn.wire.isTerminated, all.count]).toEqual([true, false, 0]);
});

test('a connection signs in once, one try at a time, and a few times where it is refused', () => {
  const all = arrivals();
  const { connection } = arrive(all);
  all.begin(connection);
  expect(() => {
    all.begin(connection);
  }).toThrow();
  for (let n = 0; n < 4; n++) {
    all.failed(connection);
    all.begin(connection);
  }
  all.failed(connection);
  expect(() => {
    all.begin(connection);
  }).toThrow();
  const other = arrive(all).connection;
  all.begin(other);
  all.signedIn(other);
  expect(() => {
    all.begin(other);
  }).toThrow();
});

test('a network has so many connections that are not signed in, however its addresses are written', () => {
  const all = arrivals();
  const open = Array.from({ length: 1_000 }, (_, n) => arrive(all, `2001:db8:1:1::${n.toString(16)}`));
  expect(() => {
    all.check(from('2001:DB8:1:1:ffff::1'));
  }).toThrow();
  all.check(from('2001:db8:1:2::1'));
  all.signedIn(open[0]!.connection);
  all.check(from('2001:db8:1:1::1'));
});

test('a network that stands for many people may have more connections that wait for a sign-in', () => {
  let scale = 1;
  const all = new Arrivals(
    (request) => (request as unknown as { address: string }).address,
    () => scale,
  );
  const isFull = (): boolean => {
    try {
      all.check(from('192.0.2.1'));
      return false;
    } catch {
      return true;
    }
  };
  for (let n = 0; n < 1_000; n++) arrive(all);
  expect(isFull()).toBe(true);
  scale = 2;
  expect(isFull()).toBe(false);
});
