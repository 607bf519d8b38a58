import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { uploads } from '../harness/files.ts';
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
  ['ana', 'Retrospective at 15:00 as usual?'],
  ['ana', 'And somebody brings cake.'],
  ['boris', '🎉'],
];

/** A team with something on every screen, made through the public API. Its people sign in with `password` of the harness. */
export async function createLookedAtTeam(url: string, dataDir: string): Promise<LookedAtTeam> {
  const team = await Team.create([url], dataDir);
  const actors = new Map<string, Actor>();
  for (const [username, displayName] of people) {
    const actor = await team.actor(username);
    await actor.api.ok('PATCH', '/users/me', { displayName });
    actors.set(username, actor);
  }
  const by = (username: string): Actor => actors.get(username) ?? missing(username);
  const all = people.slice(1).map(([username]) => by(username));
  const made = [];
  for (const name of channels)
    made.push(await by('olga').opens('channel', all, { name, visibility: 'public', topic: 'What ships, and when' }));
  const mainId = made[0]?.id ?? '';
  for (const [username, text] of talk) await by(username).posts(mainId, text);
  await furnish(by, mainId);
  const direct = await by('olga').opens('direct', [by('boris')]);
  for (const text of ['Есть минутка?', 'Нашёл ошибку в отчёте за октябрь.']) await by('boris').posts(direct.id, text);
  for (const name of channels.slice(1, 5)) await by('ana').posts(made[channels.indexOf(name)]?.id ?? '', `News of ${name}`);
  const closed = await by('olga').opens('direct', [by('closed')]);
  await by('closed').posts(closed.id, 'So long, and thanks.');
  await by('olga').api.ok('POST', `/admin/users/${by('closed').id}/disable`);
  const empty = await by('olga').opens('group', [by('ana')], { name: 'A new group' });
  await by('chloe').api.ok('PUT', '/presence/me', { status: 'away', text: 'At lunch' });
  const { code } = await by('olga').api.ok<{ code: string }>('POST', '/invites', {});
  await team.leaves();
  return { mainId, directId: direct.id, emptyId: empty.id, closedId: closed.id, inviteCode: code };
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
