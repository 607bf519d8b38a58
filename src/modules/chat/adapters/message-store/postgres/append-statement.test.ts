import { draft, other } from '../log.fixture.ts';
import { appendText, appendValues } from './append-statement.ts';

const staged = { id: 'row', events: [], text: 'INSERT INTO kernel.outbox VALUES ($1, $2)', values: ['row', 'body'] };

test('every value has a place in the statement, and every place a value, behind those of the outbox', () => {
  const places = new Set(appendText(staged).match(/\$\d+/g));
  const values = appendValues(staged, [draft(), draft({ conversationId: other, mentions: [other], replyTo: other })]);
  expect([...places].sort()).toEqual(values.map((_, index) => `$${String(index + 1)}`).sort());
  expect(values.slice(0, 2)).toEqual(['row', 'body']);
  expect(values).not.toContain(undefined);
});

test('a value goes to the place that its type says', () => {
  const text = appendText(staged);
  const oids: Record<string, number> = { uuid: 2950, int: 23, bigint: 20, text: 25, timestamptz: 1184 };
  appendValues(staged, [draft()]).forEach((value, index) => {
    if (!Buffer.isBuffer(value)) return;
    const [, type = ''] = new RegExp(String.raw`\$${String(index + 1)}::(\w+)\[\]`).exec(text) ?? [];
    expect(value.readInt32BE(8)).toBe(oids[type]);
  });
});
