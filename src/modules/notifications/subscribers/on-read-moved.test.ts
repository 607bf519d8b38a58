import { newId } from '../../../kernel/ids.ts';
import type { ReadMark } from '../store-ports.ts';
import { onReadMoved } from './on-read-moved.ts';

test('what was read is read in the centre', async () => {
  const marks: ReadMark[] = [];
  const { mode, handle } = onReadMoved({ reads: { add: (mark) => Promise.resolve(void marks.push(mark)) } });
  expect(mode).toBe('durable');
  const mark = { userId: newId(), conversationId: newId(), seq: 7 };
  await handle({ id: newId(), event: 'chat.readMoved', payload: { ...mark, receipts: true } });
  expect(marks).toEqual([mark]);
});
