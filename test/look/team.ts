import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { eventually } from '../harness/eventually.ts';
import { uploads } from '../harness/files.ts';
import type { ServerProcess } from '../harness/process.ts';
import type { PushService } from '../harness/push-service.ts';
import { type Actor, Team } from '../harness/team.ts';

export interface LookedAtTeam {
  readonly mainId: string;
  readonly directId: string;
  readonly emptyId: string;
  readonly closedId: string;
  readonly inviteCode: string;
}

const people: readonly (readonly [username: string, displayName: string])[] = [
  ['olga', 'Olga Petrova'],
  ['ana', 'Ana López'],
  ['boris', 'Борис Волков'],
  ['chloe', 'Chloé Martin'],
  ['dmitri', 'Дмитрий Константинопольский-Преображенский'],
  ['wei', '陈伟'],
  ['layla', 'ليلى حداد'],
  ['sam', 'Sam'],
  ['closed', 'Gone Fishing'],
];

const channels = ['release', 'engineering-and-infrastructure', 'дизайн', 'support', 'random', 'hiring', 'marketing', 'office'];

const talk: readonly (readonly [username: string, text: string])[] = [
  ['ana', 'Morning! The **release notes** are in the [wiki](https://example.org/wiki/release), please have a look before lunch.'],
  ['boris', 'Доброе утро! Посмотрю через полчаса 👍'],
  [
    'chloe',
    'Could somebody check the new box? It says:\n```sh\ndoctor: port 3478 is blocked\nset TURN_PORT, or open it in the firewall\n```',
  ],
  ['dmitri', '@chloe that is the TURN port; I will open it. @olga, who may change the firewall?'],
  [
    'olga',
    'You may.\n\n- [x] ask\n- [ ] open the port\n- [ ] write it down\n\n| port | for |\n| --- | --- |\n| 443 | page |\n| 3478 | calls |',
  ],
  ['wei', '看 https://example.org/a,然后 ||it works||'],
  ['layla', 'صباح الخير! سأكون في الاجتماع الساعة الثالثة.'],
  ['ana', 'Retrospective at 15:00 as usual, @olga?'],
  ['ana', 'And somebody brings cake.'],
  ['boris', '🎉'],
];

/** A team with something on every screen, made through the public API. Its people sign in with `password` of the harness. */
export async function createLookedAtTeam(
  { url, dataDir }: Pick<ServerProcess, 'url' | 'dataDir'>,
  pushes: PushService,
): Promise<LookedAtTeam> {
  const team = await Team.create([url], dataDir);
  const actors = new Map<string, Actor>();
  for (const [username, displayName] of people) {
    const actor = await team.actor(username);
    await actor.api.ok('PATCH', '/users/me', { displayName });
    actors.set(username, actor);
  }
  const by = (username: string): Actor => actors.get(username) ?? missing(username);
  const all = people.slice(1).map(([username]) => by(username));
  const confirm = await subscribes(by('olga'), pushes);
  const made = [];
  for (const name of channels)
    made.push(await by('olga').opens('channel', all, { name, visibility: 'public', topic: 'What ships, and when' }));
  const mainId = made[0]?.id ?? '';
  for (const [username, text] of talk) await by(username).posts(mainId, text);
  await furnish(by, mainId);
  await confirm();
  const direct = await by('olga').opens('direct', [by('boris')]);
  for (const text of ['Есть минутка?', 'Нашёл ошибку в отчёте за октябрь.']) await by('boris').posts(direct.id, text);
  for (const name of channels.slice(1, 5)) await by('ana').posts(made[channels.indexOf(name)]?.id ?? '', `News of ${name}`);
  const closed = await by('olga').opens('direct', [by('closed')]);
  await by('closed').posts(closed.id, 'So long, and thanks.');
  await by('olga').api.ok('POST', `/admin/users/${by('closed').id}/disable`);
  const empty = await by('olga').opens('group', [by('ana')], { name: 'A new group' });
  await by('chloe').api.ok('PUT', '/presence/me', { status: 'away', text: 'At lunch' });
  await chooses(by('olga'));
  const { code } = await by('olga').api.ok<{ code: string }>('POST', '/invites', {});
  await team.leaves();
  return { mainId, directId: direct.id, emptyId: empty.id, closedId: closed.id, inviteCode: code };
}

/** A phone that gets pushes and a computer whose service cannot be reached. What is answered says to the server that the phone has shown them. */
async function subscribes(actor: Actor, pushes: PushService): Promise<() => Promise<void>> {
  const { endpoint, p256dh, auth } = pushes.subscribe();
  const devices = [
    { endpoint, device: 'Safari, iPhone' },
    { endpoint: 'https://push.example.invalid/1', device: 'Firefox, Linux' },
  ];
  for (const device of devices)
    await actor.api.ok('POST', '/notifications/subscriptions', { kind: 'webpush', keys: { p256dh, auth }, ...device });
  await actor.api.ok('PUT', '/presence/me', { status: 'away' });
  return async () => {
    await eventually(() => {
      if (pushes.pushed.length === 0) throw new Error('nothing was pushed');
    });
    for (const { payload } of pushes.pushed) await actor.api.ok('POST', '/notifications/shown', { receipt: payload['receipt'] });
    await actor.api.ok('PUT', '/presence/me', { status: 'online' });
  };
}

async function chooses(actor: Actor): Promise<void> {
  const quietHours = { on: true, from: '22:00', to: '07:30', days: [1, 2, 3, 4, 7], timeZone: 'Europe/Madrid' };
  await actor.api.ok('PUT', '/notifications/preferences', { preferences: { quietHours, keywords: ['release', 'пирог', 'turn port'] } });
}

/** Reactions, an edit, a deletion, a pin, a reply and files. */
async function furnish(by: (username: string) => Actor, mainId: string): Promise<void> {
  const log = await by('ana').reads(mainId);
  const id = (text: string): string => log.find((message) => message.text.startsWith(text))?.id ?? missing(text);
  for (const [username, emoji] of [
    ['boris', '👍'],
    ['chloe', '👍'],
    ['olga', '❤️'],
  ] as const)
    await by(username).api.ok('PUT', `/messages/${id('Morning')}/reactions/${encodeURIComponent(emoji)}`);
  await by('boris').api.ok('PATCH', `/messages/${id('Доброе')}`, { text: 'Доброе утро! Посмотрю через час 👍' });
  await by('ana').api.ok('DELETE', `/messages/${id('And somebody')}`);
  await by('olga').api.ok('PUT', `/messages/${id('Morning')}/pin`);
  const send = (username: string, body: object) =>
    by(username).api.ok('POST', `/conversations/${mainId}/messages`, { clientMessageId: randomUUID(), ...body });
  await send('chloe', { text: 'Done, see above.', replyTo: id('@chloe that') });
  const colours = ['#4f7cac', '#c0563f', '#3f8f5f'];
  const pictures = await Promise.all(colours.map((background, index) => picture(background, index)));
  const sent = await Promise.all(
    pictures.map((bytes, index) => uploads(by('ana'), bytes, { name: `photo-${String(index)}.jpg`, type: 'image/jpeg' })),
  );
  await send('ana', { text: 'From yesterday:', attachmentIds: sent.map((one) => one.id) });
  const report = await uploads(by('boris'), Buffer.alloc(240_000, 'a'), { name: 'Отчёт & план на четвёртый квартал.docx' });
  await send('boris', { text: '', attachmentIds: [report.id] });
}

const picture = (background: string, index: number): Promise<Buffer> =>
  sharp({ create: { width: [1200, 800, 600][index] ?? 600, height: 800, channels: 3, background } })
    .jpeg()
    .toBuffer();

function missing(what: string): never {
  throw new Error(`there is no ${what}`);
}
