import fc from 'fast-check';
import type { Message } from '../../../../../contracts/chat/messages.ts';
import { documentOf, messageOf, messageSchema } from './message-fields.ts';

const at = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const file = fc.record({ id: fc.uuid(), name: fc.string(), size: fc.nat(), mimeType: fc.string(), sha256: fc.string(), url: fc.string() });
const message: fc.Arbitrary<Message> = fc.record({
  id: fc.uuid(),
  conversationId: fc.uuid(),
  seq: fc.nat(),
  rev: fc.nat(),
  clientMessageId: fc.uuid(),
  senderId: fc.uuid(),
  kind: fc.constantFrom('text', 'system', 'call'),
  text: fc.string(),
  attachments: fc.array(file),
  replyTo: orNull(fc.uuid()),
  threadRootId: orNull(fc.uuid()),
  threadCount: fc.nat(),
  mentions: fc.array(fc.uuid()),
  reactions: fc.uniqueArray(fc.record({ emoji: fc.constantFrom('👍', '🎉', 'wave'), userIds: fc.array(fc.uuid(), { minLength: 1 }) }), {
    selector: ({ emoji }) => emoji,
  }),
  pinned: fc.boolean(),
  editedAt: orNull(at),
  deletedAt: orNull(at),
  createdAt: at,
});

test('a message is the same after it was a document', () => {
  fc.assert(
    fc.property(message, (one) => {
      expect(messageOf(documentOf(one))).toEqual(one);
    }),
  );
});

test('a document leaves out what is null or empty, and has no field that its collection does not declare', () => {
  fc.assert(
    fc.property(message, (one) => {
      const document = documentOf(one);
      expect(Object.keys(messageSchema)).toEqual(expect.arrayContaining(Object.keys(document)));
      for (const value of Object.values(document)) expect(Array.isArray(value) ? value.length : value).not.toBeNull();
      expect(Object.values(document)).not.toContainEqual([]);
    }),
  );
});
