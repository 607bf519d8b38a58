// A small team with something to read, made through the public API so that it is what people would have made themselves.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const password = 'demo demo demo';
const people = [
  ['ana', 'Ana López'],
  ['boris', 'Борис Волков'],
  ['chloe', 'Chloé Martin'],
  ['dmitri', 'Dmitri Orlov'],
];
const talk = [
  ['ana', 'Morning! The *release notes* are in the wiki, please have a look before lunch.'],
  ['boris', 'Доброе утро! Посмотрю через полчаса 👍'],
  ['chloe', 'Could somebody check `deploy/` on the new box? It says:\n```\nport 3478 is blocked\n```'],
  ['dmitri', '@chloe that is the TURN port; I will open it.'],
  ['ana', '> It says: port 3478 is blocked\nThanks! Retrospective at 15:00 as usual?'],
  ['boris', 'Да, в 15:00. Захватите хорошее настроение.'],
  ['chloe', '🎉'],
];

/** Waits for the server at `url`, makes the team once, and answers the usernames. */
export async function seed({ url, dataDir }) {
  await untilReady(url);
  const team = await call(url, 'GET', '/team');
  if (!team.setUp) await createTeam(url, (await readFile(join(dataDir, 'setup-token'), 'utf8')).trim());
  return people.map(([username]) => username);
}

async function createTeam(url, token) {
  const [[owner, ownerName], ...others] = people;
  const account = (username, displayName) => ({ username, displayName, email: `${username}@example.org`, password });
  const sessions = { [owner]: await call(url, 'POST', '/setup', { body: { token, teamName: 'Demo', ...account(owner, ownerName) } }) };
  const { code } = await call(url, 'POST', '/invites', { as: sessions[owner], body: {} });
  for (const [username, name] of others) {
    sessions[username] = await call(url, 'POST', '/auth/register', { body: { ...account(username, name), inviteCode: code } });
  }
  const memberIds = others.map(([username]) => sessions[username].user.id);
  const open = (body) => call(url, 'POST', '/conversations', { as: sessions[owner], body });
  const design = await open({ kind: 'group', name: 'Design', memberIds });
  const release = await open({ kind: 'channel', name: 'release', visibility: 'public', topic: 'What ships, and when', memberIds });
  const direct = await open({ kind: 'direct', memberIds: [sessions.boris.user.id] });
  const say = (conversation, who, text) =>
    call(url, 'POST', `/conversations/${conversation.id}/messages`, { as: sessions[who], body: { clientMessageId: randomUUID(), text } });
  for (const [who, text] of talk) await say(release, who, text);
  await say(design, 'chloe', 'New icons are ready for review.');
  await say(direct, 'boris', 'Есть минутка?');
}

async function untilReady(url) {
  const giveUpAt = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(`${url}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > giveUpAt) throw new Error(`${url} did not get ready`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function call(url, method, path, { as, body } = {}) {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { 'X-Client': 'api', 'Content-Type': 'application/json', ...(as ? { Authorization: `Bearer ${as.accessToken}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${answer.code} ${answer.detail}`);
  return answer;
}
