import { messageLength, numberIn, textOf } from './population.ts';

describe('a numbered text', () => {
  it.each([0, 7, 123_456_789])('is found by its number in what is delivered (%i)', (number) => {
    const packet = Buffer.from(`junk2["message:created",{"message":{"id":"x","text":"${textOf(number)}"}}]`);
    expect(numberIn(packet, 4, packet.length)).toBe(number);
  });

  it('has its length in bytes', () => {
    expect(Buffer.byteLength(textOf(42))).toBe(messageLength);
  });

  it('is not taken from the frame behind', () => {
    const first = '2["message:updated",{}]';
    const both = Buffer.from(`${first}2["message:created",{"message":{"text":"${textOf(5)}"}}]`);
    expect(numberIn(both, 0, first.length)).toBe(-1);
  });
});
