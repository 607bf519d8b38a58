import fc from 'fast-check';
import { maxTextLength, textFault } from './message-text.ts';
import { sendMessage } from './messages.ts';

const id = '0197a2b0-7c1e-7d3a-9b1f-2f6a3c4d5e6f';
const isTaken = (text: string): boolean => sendMessage.input.safeParse({ conversationId: id, clientMessageId: id, text }).success;

test.each(['', ' \n\u3000', 'x', '\u200b', 'a\u0000', '\ud800', '👍', 'x'.repeat(maxTextLength), 'x'.repeat(maxTextLength + 1)])(
  'the check without the schema takes what the schema takes: %j',
  (text) => {
    expect(textFault(text) === null).toBe(isTaken(text));
  },
);

test('the two agree on any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\s*.?\s*$/)), (text) => {
      expect(textFault(text) === null).toBe(isTaken(text));
    }),
  );
});
