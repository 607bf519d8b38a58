import type { Message } from '../../shared/model.ts';

/** The pinned messages, the newest first, with this one as it is now. `isWhole`: nothing older is to be read. */
export function withPin(pins: readonly Message[], message: Message, { isWhole }: { isWhole: boolean }): readonly Message[] {
  const others = pins.filter(({ id }) => id !== message.id);
  const isListed = others.length < pins.length;
  if (!message.pinned || message.deletedAt !== null) return isListed ? others : pins;
  const last = pins.at(-1);
  // One that is older than what was read comes with its page.
  if (!isListed && !isWhole && last !== undefined && message.seq < last.seq) return pins;
  const at = others.findIndex(({ seq }) => seq < message.seq);
  return at < 0 ? [...others, message] : [...others.slice(0, at), message, ...others.slice(at)];
}
