import { randomBytes, randomUUID } from 'node:crypto';
import type { ConversationFile } from '../../src/contracts/chat/files.ts';
import type { Message } from '../../src/contracts/chat/messages.ts';
import { noise } from '../../src/modules/media/adapters/previews/pictures.fixture.ts';
import { Refused } from '../harness/device.ts';
import { eventually } from '../harness/eventually.ts';
import { downloads, links, uploads } from '../harness/files.ts';
import { appends, newUpload, uploadAt } from '../harness/resumable.ts';
import type { Actor, Scene } from '../harness/team.ts';

const send = (actor: Actor, conversationId: string, attachmentIds: readonly string[], text = '') =>
  actor.api.ok<Message>('POST', `/conversations/${conversationId}/messages`, { clientMessageId: randomUUID(), text, attachmentIds });

interface Page<T> {
  readonly items: readonly T[];
}

const readable = async (actor: Actor, message: Message): Promise<boolean[]> =>
  Promise.all(message.attachments.map(async (file) => (await downloads(actor, file)).status === 200));

export const attachments = {
  'files go with a message, arrive whole, and are read by who is in the conversation': async ({ actors }: Scene) => {
    const [ana, boris, carol] = await actors('ana', 'boris', 'carol');
    const { id } = await ana.opens('group', [boris]);
    const boriss = await boris.comesOnline();
    const content = randomBytes(1_500_000);
    const file = await uploads(ana, content, { name: 'Отчёт & план.bin' });
    const sent = await send(ana, id, [file.id]);
    const frame = await boriss.receives('message:created', ({ message }) => (message as Message).id === sent.id);
    expect((frame['message'] as Message).attachments).toEqual([file]);
    const answer = await downloads(boris, file);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(await (await downloads(boris, file, { Range: 'bytes=5-9' })).arrayBuffer()).toEqual(
      new Uint8Array(content.subarray(5, 10)).buffer,
    );
    expect(await readable(carol, sent)).toEqual([false]);
    expect((await boris.reads(id)).map(({ attachments: all }) => all)).toEqual([[file]]);
  },

  'an upload that was cut off goes on at any node, and is one file': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const content = randomBytes(1_200_000);
    const address = await newUpload(ana, { size: content.length, name: 'long.bin', body: content.subarray(0, 100_000) });
    // Each device of a person speaks to another node.
    const elsewhere = { session: ana.session, api: boris.api };
    const last = await appends(elsewhere, address, { offset: 100_000, bytes: content.subarray(100_000) });
    expect(last.status).toBe(204);
    const { attachment } = await uploadAt(ana, address);
    const sent = await send(ana, id, [attachment?.id ?? '']);
    const answer = await downloads(boris, sent.attachments[0] ?? { url: '' });
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
  },

  'pictures by a form and in several requests have previews for who is in the conversation, at any node': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [first, second] = await Promise.all([noise(320, 200), noise(200, 320)]);
    const form = await uploads(ana, first, { name: 'form.jpg', type: 'image/jpeg' });
    const address = await newUpload(ana, { size: second.length, name: 'tus.jpg', body: Uint8Array.from(second.subarray(0, 5_000)) });
    const elsewhere = { session: ana.session, api: boris.api };
    const last = await appends(elsewhere, address, { offset: 5_000, bytes: Uint8Array.from(second.subarray(5_000)) });
    expect(last.status).toBe(204);
    const { attachment } = await uploadAt(ana, address);
    await send(ana, id, [form.id, attachment?.id ?? '']);
    // A machine that is busy describes them after they were sent.
    const seen = await eventually(async () => {
      const [message] = await boris.reads(id);
      expect(message?.attachments.map(({ width, height, thumbnailUrl }) => [width, height, thumbnailUrl !== undefined])).toEqual([
        [320, 200, true],
        [200, 320, true],
      ]);
      return message?.attachments ?? [];
    }, 20_000);
    const thumbnails = () => Promise.all(seen.map(({ thumbnailUrl = '' }) => downloads(boris, { url: thumbnailUrl })));
    const types = (await thumbnails()).map(({ status, headers }) => [status, headers.get('content-type')]);
    expect(types).toEqual([
      [200, 'image/webp'],
      [200, 'image/webp'],
    ]);
    await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
    await eventually(async () => expect((await thumbnails()).map(({ status }) => status)).toEqual([404, 404]), 1_000);
  },

  'a link plays a file at any node without a header, and ends with the membership and with the session': async ({ actors }: Scene) => {
    const [ana, boris, carol] = await actors('ana', 'boris', 'carol');
    const { id } = await ana.opens('group', [boris, carol]);
    const file = await uploads(ana, randomBytes(1_000));
    await send(ana, id, [file.id]);
    const statusOf = async (url: string) => (await fetch(ana.api.url + url, { headers: { Range: 'bytes=0-1' } })).status;
    const [boriss, carols] = [await links(boris, file), await links(carol, file)];
    expect([await statusOf(boriss.url), await statusOf(carols.url)]).toEqual([206, 206]);
    await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
    await eventually(async () => expect(await statusOf(boriss.url)).toBe(404), 1_000);
    expect(await statusOf(carols.url)).toBe(206);
    await carol.api.ok('POST', '/auth/logout');
    await eventually(async () => expect(await statusOf(carols.url)).toBe(401), 1_500);
  },

  'the files of a conversation are listed by kind and sender for who is in it, until their message is deleted': async ({
    actors,
  }: Scene) => {
    const [ana, boris, carol] = await actors('ana', 'boris', 'carol');
    const { id } = await ana.opens('group', [boris]);
    const one = await send(ana, id, [(await uploads(ana, `one ${randomUUID()}`)).id, (await uploads(ana, `two ${randomUUID()}`)).id]);
    const other = await send(boris, id, [(await uploads(boris, `three ${randomUUID()}`)).id]);
    const listed = async (query: string) => {
      const { items } = await boris.api.ok<Page<ConversationFile>>('GET', `/conversations/${id}/files?${query}`);
      return items.map(({ attachment, seq }) => [attachment.id, seq]);
    };
    const [first, second, third] = [...one.attachments, ...other.attachments].map((file) => file.id);
    await eventually(async () => {
      expect(await listed('')).toEqual([
        [third, other.seq],
        [first, one.seq],
        [second, one.seq],
      ]);
    });
    expect(await listed(`senderId=${boris.id}&kind=other`)).toEqual([[third, other.seq]]);
    expect(await listed('kind=image')).toEqual([]);
    expect((await carol.api.request('GET', `/conversations/${id}/files`)).status).toBe(404);
    await ana.api.ok('DELETE', `/messages/${one.id}`);
    await eventually(async () => {
      expect(await listed('')).toEqual([[third, other.seq]]);
    });
  },

  'a file is in one message, and in none of a person who did not upload it': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const file = await uploads(ana, `once ${randomUUID()}`);
    await expect(send(boris, id, [file.id])).rejects.toThrow(Refused);
    const outcomes = await Promise.allSettled([send(ana, id, [file.id]), send(ana, id, [file.id]), send(ana, id, [file.id])]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await boris.reads(id)).toHaveLength(1);
  },

  'the files of a person that an admin removes are gone at every node, their messages stay, and who is online sees it': async ({
    actors,
  }: Scene) => {
    const [olga, ana, boris] = await actors('olga', 'ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const boriss = await boris.comesOnline();
    const content = randomBytes(1_000);
    const sent = await send(ana, id, [(await uploads(ana, content, { name: 'Отчёт.bin' })).id], 'the text stays');
    const his = await send(boris, id, [(await uploads(boris, content)).id]);
    await olga.api.ok('DELETE', `/admin/users/${ana.id}/files`);
    const frame = await boriss.receives('message:updated', ({ message }) => (message as Message).id === sent.id);
    const gone = { id: sent.attachments[0]?.id, name: '', size: 0, sha256: '', removed: 'erased' };
    expect(frame['message']).toMatchObject({ seq: sent.seq, text: 'the text stays', attachments: [gone] });
    await eventually(async () => {
      expect(await readable(ana, sent)).toEqual([false]);
    }, 1_000);
    expect(await readable(ana, his)).toEqual([true]);
    expect((await boris.reads(id)).find((one) => one.id === sent.id)?.attachments).toMatchObject([gone]);
    const { items } = await boris.api.ok<Page<ConversationFile>>('GET', `/conversations/${id}/files`);
    expect(items.map(({ messageId }) => messageId)).toEqual([his.id]);
  },

  'with a membership, and with a message, its files end': async ({ actors }: Scene) => {
    const [ana, boris] = await actors('ana', 'boris');
    const { id } = await ana.opens('group', [boris]);
    const [one, other] = [await uploads(ana, randomUUID()), await uploads(ana, randomUUID())];
    const sent = await send(ana, id, [one.id, other.id], 'two files');
    expect(await readable(boris, sent)).toEqual([true, true]);
    await ana.api.ok('DELETE', `/conversations/${id}/members/${boris.id}`);
    // The node or process that answers may be another one than that of the removal (G7).
    await eventually(async () => {
      expect(await readable(boris, sent)).toEqual([false, false]);
    }, 1_000);
    expect(await readable(ana, sent)).toEqual([true, true]);
    await ana.api.ok('DELETE', `/messages/${sent.id}`);
    await eventually(async () => {
      expect(await readable(ana, sent)).toEqual([false, false]);
    }, 1_000);
  },
};
