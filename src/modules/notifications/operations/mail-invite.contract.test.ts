import type { Actor } from '../../../../test/harness/team.ts';
import { type NotifiedTeam, openNotifiedTeam } from '../notifications.fixture.ts';

let opened: NotifiedTeam;
let olga: Actor;
let ana: Actor;
beforeAll(async () => {
  opened = await openNotifiedTeam();
  [olga, ana] = (await opened.team.actors('olga', 'ana')) as [Actor, Actor];
});
afterAll(() => opened.close());

interface Made {
  readonly code: string;
  readonly url: string;
}

const invite = (by: Actor) => by.api.ok<Made>('POST', '/invites', {});
const mails = (by: Actor, body: object) =>
  by.api.request<{ ok: boolean; detail: string; code?: string }>('POST', '/admin/notifications/invite-mails', body);

test('the link goes to the address, in the language that was chosen, and the words of the server are answered', async () => {
  const { code, url } = await invite(olga);
  expect(await mails(olga, { code, email: 'New@Example.org', language: 'ru' })).toMatchObject({
    status: 200,
    body: { ok: true, detail: '250 OK' },
  });
  expect(opened.providers.mails.at(-1)).toMatchObject({ to: 'new@example.org', subject: 'invite', text: `ru olga ${url}` });
  opened.providers.mailAnswers = [{ outcome: 'refused', detail: '550 no such user' }];
  expect((await mails(olga, { code, email: 'gone@example.org' })).body).toEqual({ ok: false, detail: '550 no such user' });
});

test('an invite that there is not, and one that was deleted, are refused', async () => {
  const { code } = await invite(olga);
  const before = opened.providers.mails.length;
  expect(await mails(olga, { code: 'no-such-code', email: 'new@example.org' })).toMatchObject({ body: { code: 'invalid_invite' } });
  await olga.api.ok('DELETE', `/invites/${code}`);
  expect(await mails(olga, { code, email: 'new@example.org' })).toMatchObject({ body: { code: 'invalid_invite' } });
  expect(opened.providers.mails).toHaveLength(before);
});

test('neither members nor odd addresses get anywhere', async () => {
  const { code } = await invite(ana);
  const before = opened.providers.mails.length;
  expect((await mails(ana, { code, email: 'new@example.org' })).status).toBe(403);
  for (const email of ['', 'no address', 'a@example.org\nBcc: b@example.org', 'a@example.org, b@example.org'])
    expect((await mails(olga, { code, email })).status).toBe(400);
  expect(opened.providers.mails).toHaveLength(before);
});

test('the audit log says who sent a link to whom, without the code', async () => {
  const { code } = await invite(olga);
  await mails(olga, { code, email: 'audited@example.org' });
  const { items } = await olga.api.ok<{ items: { input: object }[] }>('GET', '/admin/audit?operation=notifications.mailInvite&limit=1');
  expect(items[0]?.input).toMatchObject({ email: 'audited@example.org' });
  expect(JSON.stringify(items)).not.toContain(code);
});
