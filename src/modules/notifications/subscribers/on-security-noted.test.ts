import { onSecurityNoted } from './on-security-noted.ts';

type Parts = Parameters<typeof onSecurityNoted>[0];

const at = '2026-01-31T12:00:00.000Z';
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const noted = { userId: 'ana', what: 'new_device', device: firefox, address: '203.0.113.7', role: null, at };

async function arrivedOf(payload: object): Promise<unknown[]> {
  const arrived: unknown[] = [];
  const parts = { arrivals: { add: (row: never) => Promise.resolve(void arrived.push(row)) } } as unknown as Parts;
  await onSecurityNoted(parts).handle({ id: 'e1', event: 'any', payload });
  return arrived;
}

test('a notice waits with the id of its event, with the device as a person calls it', async () => {
  const notice = { what: 'new_device', about: 'Firefox · Linux', address: '203.0.113.7' };
  expect(await arrivedOf(noted)).toEqual([{ kind: 'security', eventId: 'e1', userId: 'ana', notice, createdAt: at }]);
});

test('another role is what it is about; what an admin did names no device', async () => {
  const admins = { ...noted, device: '', address: '' };
  expect(await arrivedOf({ ...admins, what: 'role_changed', role: 'admin' })).toMatchObject([{ notice: { about: 'admin' } }]);
  expect(await arrivedOf({ ...admins, what: 'signed_out' })).toMatchObject([{ notice: { about: '', address: '' } }]);
});
